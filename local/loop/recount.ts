import tcb from '@cloudbase/node-sdk';
import { VOUCHER_STATUSES, type VoucherStatus } from '../../miniprogram/contract/vouchers';
import type { Stage } from '../stage/stage';

export interface Share {
  count: number;
  amountFen: number;
}

export type ByStatus = Record<VoucherStatus, Share>;

export interface Recount {
  byStatus: ByStatus;
  /** Vouchers of each class, whatever their state. */
  countByClass: Map<string, number>;
}

interface Row extends Share {
  _id: { status: VoucherStatus; classId: string };
}

/** The database itself, past every function: for counting what the functions have left behind. */
export function databaseOf({ cloud }: Stage) {
  // Outside a cloud function the SDK would ask the cloud's metadata service who it is.
  process.env['TENCENTCLOUD'] = 'true';
  return tcb.init({ env: 'local', ...cloud.credentials, serviceUrl: cloud.adminUrl }).database();
}

/** Vouchers as they are stored, by state and by class. */
export async function recount(stage: Stage): Promise<Recount> {
  const db = databaseOf(stage);
  const $ = db.command.aggregate;
  const { data } = await db
    .collection('vouchers')
    .aggregate()
    .group({
      _id: { status: '$status', classId: '$classId' },
      count: $.sum(1),
      amountFen: $.sum('$amountFen'),
    })
    .limit(10_000)
    .end();
  const rows = data as Row[];
  const byStatus = Object.fromEntries(
    VOUCHER_STATUSES.map(status => [status, { count: 0, amountFen: 0 }]),
  ) as ByStatus;
  const countByClass = new Map<string, number>();
  for (const { _id, count, amountFen } of rows) {
    byStatus[_id.status].count += count;
    byStatus[_id.status].amountFen += amountFen;
    countByClass.set(_id.classId, (countByClass.get(_id.classId) ?? 0) + count);
  }
  return { byStatus, countByClass };
}
