import type { ClassFields, ClassStatus } from '../../../miniprogram/contract/training';
import type { CityCode } from '../../../miniprogram/contract/areas';
import type { Fen } from '../../../miniprogram/contract/fen';
import type { ProjectId } from '../../../miniprogram/contract/projects';
import type { ClassCommand } from '../domain/class-status';
import type { StepActor } from '../domain/voucher';
import { DocumentCollection, type Stored } from './document-collection';

export interface ClassStep {
  command: ClassCommand | 'amend';
  from: ClassStatus | 'none';
  to: ClassStatus;
  atMs: number;
  by: StepActor;
  requestId: string;
  reason?: string;
}

/** One run of a course (班期). */
export interface TrainingClass extends Stored, ClassFields {
  status: ClassStatus;
  projectId: ProjectId;
  cityCode: CityCode;
  institutionId: string;
  institutionName: string;
  amountFen: Fen;
  issueJobId?: string;
  /** The roster import that is under way, at most until that time: nobody hands the class in or imports beside it. */
  rosterImport?: { key: string; untilMs: number } | undefined;
  history: ClassStep[];
}

export const classes = new DocumentCollection<TrainingClass>('classes');
