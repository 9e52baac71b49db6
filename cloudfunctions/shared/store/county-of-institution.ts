import { batches } from './batches';
import { classes } from './classes';
import type { Institution } from './institutions';
import { not } from './query';
import { bringVouchersToCounty } from './vouchers';

/**
 * What there is of an institution follows it to the county that it was said to lie in: its officers find classes, vouchers
 * and batches that are older than that. Doing so twice is harmless.
 */
export async function bringToCounty({ id: institutionId, countyCode }: Institution): Promise<void> {
  if (countyCode === undefined) return;
  const left = { institutionId, countyCode: not(countyCode) };
  await Promise.all([
    classes.update(left, { countyCode }),
    batches.update(left, { countyCode }),
    bringVouchersToCounty(institutionId, countyCode),
  ]);
}
