import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROLE_NAMES } from '../miniprogram/contract/roles';
import { personas } from './demo/cast';
import { FolderInUseError } from './cloud/data-folder';
import { parsePort, PortInUseError } from './cloud/listen';
import { causeOf, isSystemError, StartError } from './cloud/start-error';
import { openDemo, type Demo } from './demo/demo';
import { projectRoot } from './stage/project-root';

const PORT_DEFAULT = 8090;

const HELP = `npm start -- [--port N] [--database-port N] [--data DIR] [--codes ministry]

Starts the local cloud with this project's functions, fills it once with made-up people, and serves the mini-program
in a browser: three phones side by side. Pages are built anew when they change.
  --port N           where everything is served, ${PORT_DEFAULT} unless told
  --database-port N  where the database is served, any free port unless told
  --data DIR         where everything is kept, .data in the project unless told; delete it to begin again
  --codes ministry   a simulated platform of the ministry makes the codes; this system does unless told`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(PORT_DEFAULT) },
      'database-port': { type: 'string', default: '0' },
      data: { type: 'string', default: join(projectRoot(), '.data') },
      codes: { type: 'string', default: 'standalone' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const tell = (text: string) => console.log(text);
  const port = toPort('--port', values.port);
  const databasePort = toPort('--database-port', values['database-port']);
  const hasMinistry = toHasMinistry(values.codes);
  const demo = await openDemo({ dataDir: values.data, port, databasePort, hasMinistry, watch: true, tell });
  process.once('SIGINT', () => void stop(demo)).once('SIGTERM', () => void stop(demo));
  printWelcome(demo);
}

function toHasMinistry(text: string): boolean {
  if (text !== 'standalone' && text !== 'ministry')
    throw new StartError(`--codes 要填 standalone 或 ministry，不能是 ${text}。`);
  return text === 'ministry';
}

function toPort(option: string, text: string): number {
  const port = parsePort(text);
  if (port === undefined) throw new StartError(`${option} 要填 0 到 65535 的整数，不能是 ${text}。`);
  return port;
}

function printWelcome({ stage: { cloud, essc, ministry }, phonesUrl }: Demo): void {
  console.log('\n可以登录的人：');
  for (const { role, title, openid, person } of personas()) {
    console.log(`  ${ROLE_NAMES[role].padEnd(10, '　')}${openid}   ${person.name}   ${title}`);
  }
  console.log(`\n三部手机   ${phonesUrl}`);
  console.log(`调用函数   POST ${cloud.url}/functions/<函数名>，请求头 x-wx-openid`);
  const { secretId, secretKey } = cloud.credentials;
  console.log(`数据库     ${cloud.adminUrl}，SDK 用 secretId ${secretId}、secretKey ${secretKey}`);
  console.log(`电子社保卡模拟网关   ${essc.adminUrl}`);
  if (ministry) console.log(`部平台模拟网关       ${ministry.url}`);
  console.log('\n按 Ctrl+C 停止。');
}

async function stop(demo: Demo): Promise<void> {
  await demo.close();
  process.exit(0);
}

/** @returns one sentence for what a person can mend; anything else is a defect and keeps its stack. */
function describe(error: unknown): unknown {
  if (error instanceof PortInUseError)
    return `端口 ${error.port} 已被占用，请换一个端口：npm start -- --port N。`;
  if (error instanceof FolderInUseError) {
    const { dir, holder } = error;
    const who = holder ? `（进程 ${holder.pid}，主机 ${holder.host}，${holder.startedAt} 启动）` : '';
    return `文件夹 ${dir} 正被另一个程序使用${who}，请先停止它，或换一个文件夹：npm start -- --data DIR。`;
  }
  return error instanceof StartError || isSystemError(error) ? causeOf(error) : error;
}

main().catch((error: unknown) => {
  console.error(describe(error));
  process.exit(1);
});
