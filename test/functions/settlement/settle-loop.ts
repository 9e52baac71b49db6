import type { BatchStatus } from '../../../miniprogram/contract/settlement';
import type { JobView } from '../../../miniprogram/contract/jobs';
import { aCsv } from '../../support/sheets';
import type { TestCloud } from '../../support/test-cloud';
import { codesOf, finishJob, seedHolding, useVoucher, type City } from '../voucher/seed';

/** Vouchers of one class that the institution has scanned. */
export async function usedVouchers(cloud: TestCloud, city: City, people: number): Promise<string[]> {
  const { workers, voucherIds } = await seedHolding(cloud, city, { people });
  for (const [at, worker] of workers.entries()) await useVoucher(cloud, city, worker, voucherIds[at] ?? '');
  return voucherIds;
}

export const newBatch = async (cloud: TestCloud, city: City): Promise<string> => {
  const { institutionId, administrator } = city;
  const input = { institutionId, projectId: 'pre_job', title: '十一月第一批' } as const;
  return (await cloud.must('settlement.createBatch', input, administrator)).id;
};

/** A file of 券码 as the institution uploads it. */
export const codeFile = (
  cloud: TestCloud,
  city: City,
  { batchId, codes }: { batchId: string; codes: readonly string[] },
): Promise<string> =>
  cloud.upload({ batchId }, aCsv([['券码'], ...codes.map(code => [code])]), city.administrator);

export async function importAll(
  cloud: TestCloud,
  city: City,
  { batchId, voucherIds }: { batchId: string; voucherIds: readonly string[] },
): Promise<JobView> {
  const fileId = await codeFile(cloud, city, { batchId, codes: await codesOf(cloud, voucherIds) });
  const job = await cloud.must('settlement.importCodes', { batchId, fileId }, city.administrator);
  return finishJob(cloud, city.administrator, job);
}

const STEPS: readonly [BatchStatus, (cloud: TestCloud, city: City, batchId: string) => Promise<unknown>][] = [
  [
    'submitted',
    (cloud, city, batchId) => cloud.must('settlement.submitBatch', { batchId }, city.administrator),
  ],
  [
    'reviewed',
    (cloud, city, batchId) => cloud.must('settlement.reviewBatch', { batchId }, city.reviewers[0]),
  ],
  [
    'approved',
    (cloud, city, batchId) => cloud.must('settlement.approveBatch', { batchId }, city.reviewers[1]),
  ],
];

/** A batch of used vouchers in a state, each step taken by the right person. */
export async function aBatch(
  cloud: TestCloud,
  city: City,
  {
    status = 'draft',
    people = 2,
  }: { status?: 'draft' | 'submitted' | 'reviewed' | 'approved'; people?: number } = {},
): Promise<{ batchId: string; voucherIds: string[] }> {
  const voucherIds = await usedVouchers(cloud, city, people);
  const batchId = await newBatch(cloud, city);
  await importAll(cloud, city, { batchId, voucherIds });
  const count = status === 'draft' ? 0 : STEPS.findIndex(([reached]) => reached === status) + 1;
  for (const [, take] of STEPS.slice(0, count)) await take(cloud, city, batchId);
  return { batchId, voucherIds };
}
