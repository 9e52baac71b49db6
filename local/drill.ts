import { parseArgs } from 'node:util';
import { doubleScan } from './drills/double-scan';
import type { Drill } from './drills/drill';
import { foreign } from './drills/foreign';
import { hungDatabase } from './drills/hung-database';
import { kill9 } from './drills/kill-9';
import { lostAnswer } from './drills/lost-answer';
import { staleCode } from './drills/stale-code';
import { twoHosts } from './drills/two-hosts';
import { upstream } from './drills/upstream';

const DRILLS: Record<string, Drill> = {
  'double-scan': doubleScan,
  'kill-9': kill9,
  'lost-answer': () => lostAnswer(),
  'stale-code': staleCode,
  foreign,
  'hung-database': hungDatabase,
  'two-hosts': twoHosts,
  upstream,
};

const HELP = `npm run drill -- [NAME …] [--json]

Reliability drills on the real functions and a fresh database; all of them unless named.
  double-scan  eight scanners read each of 1,000 codes at the same moment
  kill-9       the database process is killed during issue, claim, use and write-off
  lost-answer  every answer is lost once after the commit, and asked for again
  stale-code   codes come again after an undo and days later, under old requests and new ones
  foreign      every operation by every wrong role, area and institution
  hung-database  the database takes requests and is silent, late or hangs up in the middle
  two-hosts    several clouds are started on one folder, the one that serves is killed while it writes
  upstream     the ministry's platform makes the codes and spoils every third answer, while hosts and database are killed
  --json       print one JSON object a drill
Exit code 1 when one of them is not ok.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.help) return console.log(HELP);
  for (const name of positionals.length > 0 ? positionals : Object.keys(DRILLS)) {
    const drill = DRILLS[name];
    if (!drill) throw new Error(`there is no drill "${name}"\n\n${HELP}`);
    const report = await drill();
    console.log(values.json ? JSON.stringify(report) : report);
    if (!report.ok) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
