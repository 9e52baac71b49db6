import type { InstitutionView } from '../../../miniprogram/contract/training';
import type { ChangeStep } from './change-step';
import { DocumentCollection, type Stored } from './document-collection';

export interface Institution extends Stored, Omit<InstitutionView, 'id'> {
  history: ChangeStep[];
}

export const institutions = new DocumentCollection<Institution>('institutions');
