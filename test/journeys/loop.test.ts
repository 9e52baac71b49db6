import { playLoop } from '../../local/loop/loop';
import { planFor } from '../../local/loop/plan';
import { withStage } from '../../local/drills/drill';
import { foreign } from '../../local/drills/foreign';
import { lostAnswer } from '../../local/drills/lost-answer';

jest.setTimeout(240_000);

test('a roster goes in and written-off vouchers come out, and every voucher and fen is accounted for', async () => {
  const report = await withStage({ instancesPerFunction: 2 }, stage => playLoop(stage, planFor(60)));

  expect(report.conservation.disagreements).toEqual([]);
  expect(report.conservation.ok).toBe(true);
  expect(report.issued).toBe(60);
  expect(report.settledFen).toBe(report.paidFen);
  expect(report.settled).toBe(report.used);
});

test('an answer that is lost after the commit is got again by the retry, and nothing is done twice', async () => {
  const report = await lostAnswer(30);

  expect(report).toMatchObject({ ok: true, different: [] });
});

test('every operation by every wrong role, area and institution is refused and changes nothing', async () => {
  const report = await foreign();

  expect(report).toMatchObject({ ok: true, admitted: [], unchanged: true });
});
