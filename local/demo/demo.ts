import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolder } from '../cloud/data-folder';
import { assertPortIsFree } from '../cloud/listen';
import { StartError } from '../cloud/start-error';
import { describeProblem } from '../preview/build/build-preview';
import { openPreview, type LivePreview } from '../preview/serve';
import { createFileLinks } from '../preview/server/file-links';
import type { Channel, Persona as PreviewPersona, PhoneId } from '../preview/shared/preview-api';
import { Caller, openidOf } from '../stage/caller';
import { officersOf, PROVINCE_OFFICER } from '../stage/officers';
import { projectRoot } from '../stage/project-root';
import { openStage, type Stage } from '../stage/stage';
import { carryOver, copyOlderData, MIGRATED_NOTE } from './carry-over';
import { personas, worker, WORKERS_COUNT, type Persona } from './cast';
import { seed } from './seed';
import { WaitingRoom } from './waiting-room';

/** The whole system with made-up people, and its mini-program in a browser. */
export interface Demo {
  stage: Stage;
  /** Where the three phones are. */
  phonesUrl: string;
  close(): Promise<void>;
}

export interface DemoOptions {
  dataDir: string;
  port: number;
  databasePort?: number;
  /** A simulated platform of the ministry makes the codes. */
  hasMinistry?: boolean;
  /** Builds the preview anew when a page changes. */
  watch: boolean;
  tell(text: string): void;
}

/** Three phones need no more, and every instance takes its time to start. */
const INSTANCES_PER_FUNCTION = 2;

/**
 * Starts everything and fills an empty `dataDir` once. The address answers that it is being prepared until all is set.
 * @throws StartError
 */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  for (const port of [options.port, options.databasePort]) if (port) await assertPortIsFree(port);
  const folder = DataFolder.hold(options.dataDir);
  try {
    const demo = await openOn(folder, options);
    return { ...demo, close: () => demo.close().finally(() => folder.release()) };
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function openOn(
  folder: DataFolder,
  { dataDir, port, databasePort = 0, hasMinistry = false, watch, tell }: DemoOptions,
): Promise<Demo> {
  startOverIfHalfSeeded(folder, tell);
  folder.claim(SEEDING_MARK, SEEDED_MARK, MIGRATED_NOTE, PREVIEW_FOLDER);
  if (!folder.hasData) markAsSeeding(folder);
  copyOlderData(dataDir, tell);
  const room = new WaitingRoom();
  const started: { stage?: Stage; live?: LivePreview } = {};
  const close = async () => {
    await started.live?.close();
    await started.stage?.close();
  };
  try {
    const stage = await openStage({
      dataDir,
      folder,
      port,
      databasePort,
      provinceOfficers: [PROVINCE_OFFICER],
      ...(hasMinistry && { ministry: {} }),
      gate: room.gate,
      makeCaller: cloud => new Caller(cloud, room.headers),
      routes: async () => {
        room.show('正在构建页面', 0);
        started.live = await openLivePreview(() => runningStage(started), { dataDir, watch, tell });
        return started.live.routes;
      },
      instancesPerFunction: INSTANCES_PER_FUNCTION,
      onReloaded: (name, failure) => tell(describeReload(name, failure)),
    });
    started.stage = stage;
    knowPeople(stage);
    await seedOnce(stage, folder, { tell, room });
    await carryOver(stage, dataDir, { tell, show: room.show });
    room.open();
    return { stage, phonesUrl: `${stage.cloud.url}/phones.html`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const describeReload = (name: string, failure: string | undefined): string =>
  failure === undefined
    ? `函数 ${name} 已重新构建，从现在起用新的`
    : `函数 ${name} 重新构建的不能加载，继续用原来的：${failure}`;

function runningStage({ stage }: { stage?: Stage }): Stage {
  if (!stage) throw new Error('the system is still starting');
  return stage;
}

async function openLivePreview(
  stage: () => Stage,
  { dataDir, watch, tell }: Pick<DemoOptions, 'dataDir' | 'watch' | 'tell'>,
): Promise<LivePreview> {
  const live = await openPreview({
    miniprogramRoot: join(projectRoot(), 'miniprogram'),
    // Of its own, so that two demos at once do not write into each other's files.
    outDir: join(dataDir, PREVIEW_FOLDER),
    watch,
    personas: () => personas().map(toPreviewPersona),
    channels: () => listChannels(stage()),
    authorise: personaId => stage().essc.authorise(findPersona(personaId).person.idNumber),
    clock: {
      offsetMs: () => stage().cloud.clockOffsetMs,
      setOffsetMs: offsetMs => stage().cloud.setClockOffsetMs(offsetMs),
    },
    fileLinks: createFileLinks(() => stage().cloud),
    onBuilt: ({ durationMs }) => tell(`页面已重新构建（${durationMs} 毫秒）`),
    onFailed: tell,
  });
  for (const problem of live.preview.report.problems) tell(describeProblem(problem));
  return live;
}

const phoneOf = ({ role }: Persona): PhoneId => {
  if (role === 'worker') return 'worker';
  return role === 'administrator' ? 'institution' : 'city';
};

const toPreviewPersona = (persona: Persona): PreviewPersona => ({
  id: persona.id,
  role: phoneOf(persona),
  name: persona.person.name,
  openid: persona.openid,
  description: persona.title,
});

function findPersona(personaId: string): Persona {
  const found = personas().find(({ id }) => id === personaId);
  if (!found) throw new Error('没有这个人');
  return found;
}

/** The channels of the first city, for the button that stands for an official account. */
async function listChannels({ caller }: Stage): Promise<Channel[]> {
  const [clerk] = officersOf(0);
  if (!clerk) return [];
  const listed = await caller.call('entry.listChannels', { cityCode: '3701' }, { openid: openidOf(clerk) });
  const channels = listed.ok ? listed.data.channels : [];
  return channels.map(({ channelNumber, name, voucherOpen }) => ({
    id: channelNumber,
    name,
    description: voucherOpen ? '已开通职业培训券' : '未开通职业培训券',
  }));
}

/** The e-SSC simulator keeps nobody: it is told at every start whom it may sign in. */
function knowPeople({ essc }: Stage): void {
  const workers = Array.from({ length: WORKERS_COUNT }, (_, position) => worker(position));
  for (const person of [...workers, ...personas().map(persona => persona.person)]) {
    essc.addPerson({ ...person, cardValid: true });
  }
}

/** There from before the first document until after the last: what lies beside it is half made, and made here. */
const SEEDING_MARK = 'seeding';
const SEEDED_MARK = 'seeded';
const PREVIEW_FOLDER = 'preview';

/** Removes what a seeding left behind that was cut off, and nothing else. @throws StartError for data that is no demo's */
function startOverIfHalfSeeded(folder: DataFolder, tell: (text: string) => void): void {
  if (!folder.hasData || existsSync(folder.pathOf(SEEDED_MARK))) return;
  if (!folder.made.includes(SEEDING_MARK) || !existsSync(folder.pathOf(SEEDING_MARK))) {
    throw new StartError(
      `${folder.dir} 里的数据不是演示数据，没有改动它。请换一个文件夹：npm start -- --data DIR。`,
    );
  }
  tell('上次的演示数据没有准备完，重新开始。');
  folder.clear();
}

/** Marks that were left when the data beside them was removed tell of nothing any more. */
function markAsSeeding(folder: DataFolder): void {
  for (const name of [SEEDED_MARK, MIGRATED_NOTE]) rmSync(folder.pathOf(name), { force: true });
  writeFileSync(folder.pathOf(SEEDING_MARK), new Date().toISOString());
}

async function seedOnce(
  stage: Stage,
  folder: DataFolder,
  { tell, room }: { tell: (text: string) => void; room: WaitingRoom },
): Promise<void> {
  const [seeding, seeded] = [folder.pathOf(SEEDING_MARK), folder.pathOf(SEEDED_MARK)];
  if (existsSync(seeded)) return;
  tell('正在准备演示数据（只需一次）…');
  const startedMs = Date.now();
  const told = new Set<string>();
  await seed(stage, (text, part) => {
    if (!told.has(text)) tell(`  ${text}`);
    told.add(text);
    room.show(`正在准备演示数据：${text}`, part);
  });
  writeFileSync(seeded, new Date().toISOString());
  rmSync(seeding, { force: true });
  tell(`演示数据已就绪，用时 ${Math.round((Date.now() - startedMs) / 1000)} 秒。`);
}
