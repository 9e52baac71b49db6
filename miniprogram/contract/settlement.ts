import type { CityCode } from './areas';
import type { CountyCode } from './counties';
import type { Fen } from './fen';
import type { BatchId, InstitutionId, JobId, VoucherId } from './ids';
import type { JobView } from './jobs';
import type { ProjectId } from './projects';
import type { StepRole } from './vouchers';

/** draft 编制 → submitted 已提交 → reviewed 初审通过 → approved 复审通过 → paid 已拨付 → settled 已核销, or returned 已退回. */
export type BatchStatus = 'draft' | 'submitted' | 'reviewed' | 'approved' | 'paid' | 'settled' | 'returned';
export type BatchCommand = 'create' | 'submit' | 'review' | 'approve' | 'pay' | 'settle' | 'return';

export const BATCH_STATUS_NAMES: Record<BatchStatus, string> = {
  draft: '编制中',
  submitted: '待初审',
  reviewed: '待复审',
  approved: '待拨付',
  paid: '核销中',
  settled: '已核销',
  returned: '已退回',
};

export interface BatchStepView {
  command: BatchCommand;
  to: BatchStatus;
  atMs: number;
  by: StepRole;
  /** Masked. Lists leave it out. */
  byName?: string;
  reason?: string;
}

/** Who put vouchers into a batch, once for each person. */
export interface BatchFillView {
  /** The last time. */
  atMs: number;
  /** Masked. Lists leave it out. */
  byName?: string;
}

/** A settlement batch (结算批次): verified codes for which an institution collects the subsidy. */
export interface BatchView {
  id: BatchId;
  /** Number printed on the application: JS-3701-20261124-7K2M. */
  number: string;
  title: string;
  status: BatchStatus;
  cityCode: CityCode;
  /** Its institution's. */
  countyCode?: CountyCode;
  institutionId: InstitutionId;
  institutionName: string;
  projectId: ProjectId;
  /** Fixed at submission; of a draft that is asked for by itself, what it holds now. */
  count: number;
  totalFen: Fen;
  paidFen?: Fen;
  paidOn?: string;
  jobId?: JobId;
  history: BatchStepView[];
  fills?: BatchFillView[];
}

/** A batch that is asked for by itself: with its last job, be it an import, a return or the write-off. */
export interface BatchDetailView extends BatchView {
  job?: JobView;
}

export interface BatchItemView {
  voucherId: VoucherId;
  code: string;
  /** Masked. */
  holderName: string;
  className?: string;
  amountFen: Fen;
  usedAtMs: number;
}
