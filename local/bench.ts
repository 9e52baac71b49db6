import { parseArgs } from 'node:util';
import { bench } from './bench/bench';
import { benchFront } from './bench/front';

const VOUCHERS_DEFAULT = 3_000;
/** One class, one roster file. */
const VOUCHERS_MAX = 10_000;

const HELP = `npm run bench -- [--vouchers N | --front] [--json]

Measures the functions beside bare SDK calls of the same run. Ratios count; times tell of this machine only.
  --vouchers N  how many each of five classes gets, ${VOUCHERS_DEFAULT} unless told, ${VOUCHERS_MAX} at most
  --front       measures the pages instead, in a browser: packages, calls, setData, nodes, scan and code;
                exit code 1 above a budget
  --json        print one JSON object`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      vouchers: { type: 'string', default: String(VOUCHERS_DEFAULT) },
      front: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  if (values.front) return printFront(values.json);
  const vouchers = Number(values.vouchers);
  if (!Number.isInteger(vouchers) || vouchers < 1 || vouchers > VOUCHERS_MAX) {
    throw new Error(`--vouchers takes a whole number from 1 to ${VOUCHERS_MAX}`);
  }
  const report = await bench(vouchers);
  if (values.json) return console.log(JSON.stringify(report));
  console.log(`${report.vouchers} vouchers, 16 calls at a time`);
  console.table(report.timings);
  console.table(report.ratios.map(({ rounds, ...ratio }) => ({ ...ratio, rounds: rounds.join(' ') })));
}

async function printFront(asJson: boolean): Promise<void> {
  const report = await benchFront();
  if (report.measures.some(({ ok }) => !ok)) process.exitCode = 1;
  if (asJson) return console.log(JSON.stringify(report));
  console.table(report.measures);
  console.log(`home calls: ${report.homeCalls.join(', ')}`);
  console.table(report.pages);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
