import { databaseOf } from '../loop/recount';
import { eachOf } from '../stage/each';
import { OpenClient } from '../stage/open-client';
import type { Stage } from '../stage/stage';
import { summary, type Timing } from './timing';

const CONCURRENCY = 16;
const ROUNDS = 14;
const CALLS = 24;
/** Thrown away, as elsewhere. */
const WARM_UP_ROUNDS = 2;

export interface OpenComparison {
  timings: Timing[];
  ratios: number[];
}

/** One signed question for a voucher's state, and a function with a bare read and a bare write, in turn and over the same wire. */
export async function compareStatus(stage: Stage): Promise<OpenComparison> {
  const client = await OpenClient.create(stage, ['getVoucherStatus']);
  const [vouchers, copies] = await Promise.all([
    sampleOf(stage, 'vouchers'),
    sampleOf(stage, 'benchVouchers'),
  ]);
  const sides = {
    open: async (at: number) => {
      await client.call('getVoucherStatus', { voucherCodes: [vouchers[at]?.code ?? ''] });
    },
    bare: (at: number) => callBare(stage, { code: vouchers[at]?.code ?? '', id: copies[at]?._id ?? '' }),
  };
  const ms: Record<keyof typeof sides, number[]> = { open: [], bare: [] };
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const took = { open: 0, bare: 0 };
    for (const side of round % 2 === 0 ? (['open', 'bare'] as const) : (['bare', 'open'] as const)) {
      const each = await timeEach(sides[side]);
      took[side] = each.reduce((sum, one) => sum + one, 0);
      if (round >= WARM_UP_ROUNDS) ms[side].push(...each);
    }
    if (round >= WARM_UP_ROUNDS) ratios.push(took.open / took.bare);
  }
  return {
    timings: [summary('signed getVoucherStatus', ms.open), summary('one bare read and write', ms.bare)],
    ratios,
  };
}

async function sampleOf(stage: Stage, name: string): Promise<{ _id: string; code: string }[]> {
  const { data } = await databaseOf(stage).collection(name).limit(CALLS).get();
  return data as { _id: string; code: string }[];
}

async function timeEach(work: (at: number) => Promise<void>): Promise<number[]> {
  const ms: number[] = [];
  await eachOf(
    Array.from({ length: CALLS }, (_, at) => at),
    CONCURRENCY,
    async at => {
      const startedMs = performance.now();
      await work(at);
      ms.push(performance.now() - startedMs);
    },
  );
  return ms;
}

async function callBare({ cloud }: Stage, event: { code: string; id: string }): Promise<void> {
  const response = await fetch(`${cloud.url}/functions/bareReadAndWrite`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-wx-openid': 'o-bench' },
    body: JSON.stringify(event),
  });
  const { found } = (await response.json()) as { found?: number };
  if (found !== 1) throw new Error('the bare read missed its document');
}
