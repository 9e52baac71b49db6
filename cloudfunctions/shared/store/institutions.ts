import type { InstitutionView } from '../../../miniprogram/contract/training';
import { DocumentCollection, type Stored } from './document-collection';

export interface Institution extends Stored, Omit<InstitutionView, 'id'> {}

export const institutions = new DocumentCollection<Institution>('institutions');
