import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROLE_NAMES } from '../miniprogram/contract/roles';
import { personas, worker, WORKERS_COUNT } from './seed/cast';
import { seed } from './seed/seed';
import { PROVINCE_OFFICER } from './stage/officers';
import { projectRoot } from './stage/project-root';
import { openStage, type Stage } from './stage/stage';

const PORT_DEFAULT = 8090;

const HELP = `npm start -- [--port N] [--data DIR]

Starts the local cloud with this project's functions and fills it once with made-up people.
  --port N    where functions are called, ${PORT_DEFAULT} unless told
  --data DIR  where everything is kept, .data in the project unless told; delete it to begin again`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(PORT_DEFAULT) },
      data: { type: 'string', default: join(projectRoot(), '.data') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  dropHalfSeeded(values.data);
  const stage = await openStage({
    dataDir: values.data,
    port: Number(values.port),
    provinceOfficers: [PROVINCE_OFFICER],
  });
  process.once('SIGINT', () => void stop(stage));
  process.once('SIGTERM', () => void stop(stage));
  knowPeople(stage);
  await seedOnce(stage, values.data);
  printWelcome(stage);
}

/** The e-SSC simulator keeps nobody: it is told at every start whom it may sign in. */
function knowPeople({ essc }: Stage): void {
  for (let position = 0; position < WORKERS_COUNT; position++)
    essc.addPerson({ ...worker(position), cardValid: true });
  for (const { person } of personas()) essc.addPerson({ ...person, cardValid: true });
}

const markOf = (dataDir: string): string => join(dataDir, 'seeded');

/** The mark is written last: what a seeding left behind that was cut off is of no use to anybody. */
function dropHalfSeeded(dataDir: string): void {
  const hasData = existsSync(join(dataDir, 'database.db'));
  if (!hasData || existsSync(markOf(dataDir))) return;
  console.log('上次的演示数据没有准备完，重新开始。');
  rmSync(dataDir, { recursive: true });
}

async function seedOnce(stage: Stage, dataDir: string): Promise<void> {
  if (existsSync(markOf(dataDir))) return;
  console.log('正在准备演示数据（只需一次）…');
  const startedMs = Date.now();
  await seed(stage, text => console.log(`  ${text}`));
  writeFileSync(markOf(dataDir), new Date().toISOString());
  console.log(`演示数据已就绪，用时 ${Math.round((Date.now() - startedMs) / 1000)} 秒。`);
}

function printWelcome({ cloud, essc }: Stage): void {
  console.log(`\n本地云已启动：${cloud.url}`);
  console.log(`  调用函数   POST ${cloud.url}/functions/<函数名>，请求头 x-wx-openid`);
  console.log(`  数据库     ${cloud.adminUrl}`);
  console.log(`  电子社保卡模拟网关   ${essc.adminUrl}\n`);
  console.log('可以登录的人：');
  for (const { role, title, openid, person } of personas()) {
    console.log(`  ${ROLE_NAMES[role].padEnd(10, '　')}${openid}   ${person.name}   ${title}`);
  }
  console.log('\n按 Ctrl+C 停止。');
}

async function stop(stage: Stage): Promise<void> {
  await stage.close();
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
