import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX } from '../miniprogram/contract/imports';
import { dayOf } from '../cloudfunctions/shared/domain/calendar';
import { parseRosterRows, ROSTER_COLUMNS } from '../cloudfunctions/shared/domain/roster-rows';
import { readTable } from '../cloudfunctions/shared/imports/table';
import type { CallReport } from './loop/budgets';
import { playLoop, type LoopReport } from './loop/loop';
import { planFor, planForRoster, type Plan } from './loop/plan';
import type { StepReport } from './loop/steps';
import { PROVINCE_OFFICER } from './stage/officers';
import { openStage } from './stage/stage';

const PEOPLE_DEFAULT = 300;
const PEOPLE_MAX = 1_000_000;

const HELP = `npm run loop -- [--people N] [--roster FILE] [--json]

Plays the whole voucher loop through the real functions on a fresh database.
  --people N     made-up people, ${PEOPLE_DEFAULT} unless told
  --roster FILE  one class with the people of an XLSX or CSV roster instead
  --json         print one JSON object
Exit code 1 when anything does not add up.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      people: { type: 'string', default: String(PEOPLE_DEFAULT) },
      roster: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const plan =
    values.roster === undefined ? planFor(peopleCount(values.people)) : await planOfFile(values.roster);
  const dataDir = mkdtempSync(join(tmpdir(), 'voucher-loop-'));
  const stage = await openStage({ dataDir, provinceOfficers: [PROVINCE_OFFICER], timers: 'manual' });
  try {
    const report = await playLoop(stage, plan, values.json ? {} : { ended: printStep });
    if (values.json) console.log(JSON.stringify(report));
    else printReport(report);
    process.exitCode = report.conservation.ok && report.budgets.ok ? 0 : 1;
  } finally {
    await stage.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function peopleCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= PEOPLE_MAX) return count;
  throw new Error(`--people takes a whole number from 1 to ${PEOPLE_MAX}`);
}

async function planOfFile(path: string): Promise<Plan> {
  const bytes = readFileSync(path);
  const options = { columns: ROSTER_COLUMNS, rowsMax: IMPORT_ROWS_MAX, bytesMax: IMPORT_BYTES_MAX };
  const table = await readTable(bytes, options);
  if (!table.ok) throw new Error(`${basename(path)} was refused: ${table.error.code}`);
  const { people } = parseRosterRows(table.data.rows, dayOf(Date.now()));
  const eligible = people.filter(
    ({ labourContract, enterprisePension }) => labourContract && enterprisePension,
  );
  const comers = eligible.map(({ name, idNumber }, i) => ({
    name,
    idNumber,
    phone: `199${String(i).padStart(8, '0')}`,
  }));
  return planForRoster({ name: `roster${path.slice(path.lastIndexOf('.'))}`, bytes }, comers);
}

function printStep({ name, count, ms, functionCalls, dbRequests }: StepReport): void {
  const cells = [name.padEnd(20), String(count).padStart(8), `${ms} ms`.padStart(12)];
  console.log(
    `${cells.join('')}${`${functionCalls} calls`.padStart(16)}${`${dbRequests} database requests`.padStart(28)}`,
  );
}

function printReport({
  budgets,
  conservation,
  databaseRequests,
  life,
  memoryMb,
  ...report
}: LoopReport): void {
  const { people, rows, issued, claimed, used, batched, settled, voided, expired, paidFen, settledFen } =
    report;
  console.log({
    people,
    rows,
    issued,
    claimed,
    used,
    batched,
    settled,
    voided,
    expired,
    paidFen,
    settledFen,
  });
  console.log('refused', report.refused);
  console.log('database requests a call, and the trips that they take');
  console.table(databaseRequests.map(toRow));
  console.log('life of a voucher', life);
  console.log('memory in MB', memoryMb);
  console.log('by status', conservation.byStatus);
  if (!budgets.ok) console.log(`over budget:\n${budgets.exceeded.join('\n')}`);
  console.log(
    conservation.ok ? 'conservation ok' : `conservation broken:\n${conservation.disagreements.join('\n')}`,
  );
}

const toRow = ({ operation, mean, max, budget, meanTrips, maxTrips, tripBudget }: CallReport) => ({
  operation,
  mean,
  max,
  'at most': budget ?? '',
  'mean trips': meanTrips,
  'max trips': maxTrips,
  'at most trips': tripBudget ?? '',
});

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
