import { isUsed, planFor } from '../loop/plan';
import {
  claimVouchers,
  issueVouchers,
  officersOfCity,
  setTheStage,
  startPlay,
  type Play,
} from '../loop/play';
import { eachOf } from '../stage/each';
import { madeUpPerson } from '../stage/made-up-people';
import type { Tally } from '../loop/tally';
import { addToTally } from '../loop/tally';
import { recount } from '../loop/recount';
import { withStage, type Drill } from './drill';

const VOUCHERS = 1_000;
const SCANNERS = 8;
/** Vouchers presented at the same time; each meets all its scanners at once. */
const PRESENTED_AT_ONCE = 4;
const FIRST_SCANNER = 11_500_000;
/** Enough people that a thousand of them claim and are meant to use. */
const PEOPLE = 1_250;

/** Of many scanners that read the same code at the same moment exactly one wins; each other one learns why not. */
export const doubleScan: Drill = () =>
  withStage({ instancesPerFunction: 8 }, async stage => {
    const play = startPlay(stage, planFor(PEOPLE));
    await setTheStage(play);
    await issueVouchers(play);
    const held = (await claimVouchers(play))
      .filter(({ person }) => isUsed(person.destiny))
      .slice(0, VOUCHERS);
    const scanners = await hireScanners(play);
    const refused: Tally = {};
    const winners = new Map<string, number>();
    const startedMs = performance.now();
    await eachOf(held, PRESENTED_AT_ONCE, async ({ voucherId, openid, staged }) => {
      const { qrText } = await play.acts.must('voucher.showCode', { voucherId }, openid);
      const own = scanners.get(staged.institution.id) ?? [];
      const results = await Promise.all(
        own.map(scanner => stage.caller.call('verification.use', { qrText }, { openid: scanner })),
      );
      winners.set(voucherId, results.filter(({ ok }) => ok).length);
      for (const result of results) if (!result.ok) addToTally(refused, result.error.code);
    });
    const ms = Math.round(performance.now() - startedMs);
    const wins = [...winners.values()].reduce((sum, count) => sum + count, 0);
    const doubles = [...winners.values()].filter(count => count !== 1).length;
    const { byStatus } = await recount(stage);
    const scans = held.length * SCANNERS;
    const ok =
      held.length === VOUCHERS &&
      wins === VOUCHERS &&
      doubles === 0 &&
      byStatus.used.count === VOUCHERS &&
      refused.voucher_already_used === scans - VOUCHERS;
    return {
      name: 'double-scan',
      ok,
      vouchers: held.length,
      scans,
      wins,
      doubles,
      refused,
      storedUsed: byStatus.used.count,
      ms,
    };
  });

/** More administrators for each institution, each with a phone of their own. */
async function hireScanners(play: Play): Promise<Map<string, string[]>> {
  const scanners = new Map<string, string[]>();
  for (const [position, { id, cityCode }] of play.institutions.entries()) {
    const { clerk } = officersOfCity(play, cityCode);
    const openids: string[] = [];
    for (let i = 0; i < SCANNERS; i++) {
      const person = madeUpPerson(FIRST_SCANNER + position * SCANNERS + i);
      const { name, idNumber } = person;
      await play.acts.must('training.addAdministrator', { institutionId: id, name, idNumber }, clerk);
      openids.push(await play.acts.signIn(person));
    }
    scanners.set(id, openids);
  }
  return scanners;
}
