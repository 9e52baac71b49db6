import type { InstitutionView } from '../../../miniprogram/contract/training';
import type { ChangeStep } from './change-step';
import { PlacedCollection } from './placed-collection';

export interface Institution extends InstitutionView {
  version: number;
  history: ChangeStep[];
}

export const institutions = new PlacedCollection<Institution, 'institutions'>('institutions');
