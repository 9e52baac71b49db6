/** How many records wait for a command of the caller. */
interface Waiting<Command extends string> {
  command: Command;
  count: number;
}

/** Classes wait for their opening review (开班审核) or, once they have passed it, for vouchers. */
export type WaitingClasses = Waiting<'approve' | 'issue'>;

/** Batches wait for 初审, 复审 or 拨付. */
export type WaitingBatches = Waiting<'review' | 'approve' | 'pay'>;
