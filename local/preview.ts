/** The mini-program in a browser, against a system of its own, for those who write pages. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeProblem } from './preview/build/build-preview';
import { openPreview, type LivePreview } from './preview/serve';
import { createFileLinks } from './preview/server/file-links';
import type { Channel, Persona, PhoneId } from './preview/shared/preview-api';
import { takeShot } from './preview/shot';
import { personas, worker, WORKERS_COUNT } from './demo/cast';
import { seed } from './demo/seed';
import { openidOf } from './stage/caller';
import { officersOf, PROVINCE_OFFICER } from './stage/officers';
import { projectRoot } from './stage/project-root';
import { openStage, type Stage } from './stage/stage';

const HELP = `node dist/local/preview.js [options]

Builds the mini-program for the browser, starts a system with made-up people and serves both; builds again when a
file of the mini-program changes.
  --port N            where it is served, 8091 unless told
  --data DIR          where everything is kept, .data/preview unless told; delete it to begin again
  --miniprogram DIR   another mini-program than the project's

One picture instead (serves, takes it, and ends):
  --shot FILE.png     the picture
  --page URL          '/pages/home/home?x=1'; the first page unless told
  --persona ID        who sees it; --list names them
  --phone NAME        worker, institution or city: its first persona
  --font-scale N      1.3 for large letters
  --width N           320 for a small phone
  --list              names the personas and ends`;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    data: { type: 'string', default: join(projectRoot(), '.data/preview') },
    miniprogram: { type: 'string', default: join(projectRoot(), 'miniprogram') },
    shot: { type: 'string' },
    page: { type: 'string' },
    persona: { type: 'string' },
    phone: { type: 'string' },
    'font-scale': { type: 'string' },
    width: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  if (values.list) return listPersonas();
  const mark = join(values.data, 'seeded');
  if (!existsSync(mark)) rmSync(values.data, { recursive: true, force: true });
  const running = await start();
  try {
    await seedOnce(running.stage, mark);
    if (values.shot) {
      await shoot(running, values.shot);
      return await stop(running);
    }
  } catch (error) {
    await close(running);
    throw error;
  }
  console.log(`预览已就绪：${running.stage.cloud.url}/phones.html\n按 Ctrl+C 停止。`);
  process.once('SIGINT', () => void stop(running)).once('SIGTERM', () => void stop(running));
}

async function seedOnce(stage: Stage, mark: string): Promise<void> {
  if (existsSync(mark)) return;
  console.log('正在准备演示数据（只需一次）…');
  await seed(stage, text => console.log(`  ${text}`));
  writeFileSync(mark, '');
}

interface Running {
  stage: Stage;
  live: LivePreview;
}

async function start(): Promise<Running> {
  const parts: { stage?: Stage } = {};
  const stageNow = (): Stage => {
    if (!parts.stage) throw new Error('the system is still starting');
    return parts.stage;
  };
  const live = await openPreview({
    miniprogramRoot: resolve(values.miniprogram),
    outDir: join(projectRoot(), 'dist/preview'),
    watch: values.shot === undefined,
    personas: () => personas().map(toPreviewPersona),
    channels: () => listChannels(stageNow()),
    authorise: personaId => stageNow().essc.authorise(findPerson(personaId).idNumber),
    clock: {
      offsetMs: () => stageNow().cloud.clockOffsetMs,
      setOffsetMs: offsetMs => stageNow().cloud.setClockOffsetMs(offsetMs),
    },
    fileLinks: createFileLinks(() => stageNow().cloud),
    onBuilt: ({ durationMs }) => console.log(`重新构建 ${durationMs} ms`),
    onFailed: message => console.error(message),
  });
  const { durationMs, pages, problems } = live.preview.report;
  console.log(`构建 ${pages} 个页面，${durationMs} ms`);
  for (const problem of problems) console.warn(describeProblem(problem));
  parts.stage = await openStage({
    dataDir: values.data,
    provinceOfficers: [PROVINCE_OFFICER],
    port: Number(values.port ?? (values.shot ? 0 : 8091)),
    routes: () => live.routes,
  });
  knowPeople(parts.stage);
  return { stage: parts.stage, live };
}

/** The e-SSC simulator keeps nobody: it is told at every start. */
function knowPeople({ essc }: Stage): void {
  for (let position = 0; position < WORKERS_COUNT; position++)
    essc.addPerson({ ...worker(position), cardValid: true });
  for (const { person } of personas()) essc.addPerson({ ...person, cardValid: true });
}

const phoneOf = (role: string): PhoneId => {
  if (role === 'worker') return 'worker';
  return role === 'administrator' ? 'institution' : 'city';
};

const toPreviewPersona = ({
  id,
  role,
  title,
  person,
  openid,
}: ReturnType<typeof personas>[number]): Persona => ({
  id,
  role: phoneOf(role),
  name: person.name,
  openid,
  description: title,
});

function findPerson(personaId: string): { idNumber: string } {
  const found = personas().find(({ id }) => id === personaId);
  if (!found) throw new Error('没有这个人');
  return found.person;
}

async function listChannels(stage: Stage): Promise<Channel[]> {
  const [clerk] = officersOf(0);
  if (!clerk) return [];
  const listed = await stage.caller.call(
    'entry.listChannels',
    { cityCode: '3701' },
    { openid: openidOf(clerk) },
  );
  const channels = listed.ok ? listed.data.channels : [];
  return channels.map(({ channelNumber, name, voucherOpen }) => ({
    id: channelNumber,
    name,
    description: voucherOpen ? '已开通职业培训券' : '未开通职业培训券',
  }));
}

async function shoot(running: Running, file: string): Promise<void> {
  const { messages, frameworkWarnings, blocked } = await takeShot({
    url: running.stage.cloud.url,
    file,
    ...(values.page && { page: values.page }),
    ...(values.persona && { persona: values.persona }),
    ...(values.phone && { phone: values.phone }),
    ...(values['font-scale'] && { fontScale: Number(values['font-scale']) }),
    ...(values.width && { widthPx: Number(values.width) }),
  });
  for (const line of [...messages, ...frameworkWarnings, ...blocked.map(url => `blocked ${url}`)])
    console.warn(line);
  console.log(`图片：${file}`);
}

function listPersonas(): void {
  for (const { id, role, title, person } of personas())
    console.log(`${id}   ${role}   ${person.name}   ${title}`);
}

async function close({ stage, live }: Running): Promise<void> {
  await live.close();
  await stage.close();
}

async function stop(running: Running): Promise<void> {
  await close(running);
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
