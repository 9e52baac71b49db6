import type { InstitutionView } from '../../../miniprogram/contract/training';
import type { ChangeStep } from './change-step';
import { PlacedCollection } from './placed-collection';

export interface Institution extends Omit<InstitutionView, 'standing'> {
  version: number;
  /** Accounts may still hold grants as they were before it was suspended or became active again. */
  areGrantsStale?: true | undefined;
  history: ChangeStep[];
}

export const institutions = new PlacedCollection<Institution, 'institutions'>('institutions');
