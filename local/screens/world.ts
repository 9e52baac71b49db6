import type { PlainInputOf, OperationName, OutputOf } from '../../miniprogram/contract/operations';
import type { ClassStatus } from '../../miniprogram/contract/training';
import type { BatchStatus } from '../../miniprogram/contract/settlement';
import type { TemplateView } from '../../miniprogram/contract/templates';
import { personas, type Persona } from '../demo/cast';
import type { Stage } from '../stage/stage';

/** The seeded people that the pictures need, by what they have to do. */
export const CAST = {
  waiting: '有券待领取',
  ready: '已领取，可用券',
  used: '已使用',
  batched: '结算中',
  settled: '已核销',
  voided: '券已作废',
  expired: '券已过期',
  general: '有通用券',
  late: '过了领取时间',
  newcomer: '还没有券',
  school: '济南市泉城职业培训学校',
  otherSchool: '济南长清技工培训中心',
  clerk: '济南市经办人员',
  firstReviewer: '济南市审核人员（初审）',
  secondReviewer: '济南市审核人员（复审）',
  payer: '济南市拨付人员',
  province: '省级管理人员',
} as const;

export type CastName = keyof typeof CAST;

/** @throws Error for a part that the demo no longer casts. */
export function personaOf(name: CastName): Persona {
  const found = personas().find(({ title }) => title === CAST[name]);
  if (!found) throw new Error(`the demo has nobody who is "${CAST[name]}"`);
  return found;
}

/** The seeded data as the pages' addresses need it; everything was asked through the functions. */
export class World {
  private constructor(
    private readonly stage: Stage,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  /** Signs everybody in and looks the seeded data up. */
  static async explore(stage: Stage): Promise<World> {
    for (const name of Object.keys(CAST) as CastName[]) await signIn(stage, name);
    const world = new World(stage, await collectIds(stage));
    await world.giveBack();
    return world;
  }

  /** @param key what it is and in which state, `class:draft` for example. @throws Error where the seed has none */
  id(key: string): string {
    const found = this.ids.get(key);
    if (found === undefined) throw new Error(`the demo has no ${key}`);
    return found;
  }

  async signOut(name: CastName): Promise<void> {
    await callAs(this.stage, name, 'account.signOut', {});
  }

  signIn(name: CastName): Promise<void> {
    return signIn(this.stage, name);
  }

  /** A dynamic code that may be scanned; gives back first what an earlier picture has used. */
  async freshCode(): Promise<string> {
    await this.giveBack();
    const voucherId = this.id('mine:ready');
    return (await callAs(this.stage, 'ready', 'voucher.showCode', { voucherId })).qrText;
  }

  /** A code that has been scanned and counted. */
  async usedCode(): Promise<string> {
    const qrText = await this.freshCode();
    await callAs(this.stage, 'school', 'verification.use', { qrText });
    return qrText;
  }

  /** A code whose time is over. */
  async oldCode(): Promise<string> {
    const { cloud } = this.stage;
    const offsetMs = cloud.clockOffsetMs;
    await cloud.setClockOffsetMs(offsetMs - CODE_LIFE_MS);
    try {
      return await this.freshCode();
    } finally {
      await cloud.setClockOffsetMs(offsetMs);
    }
  }

  /** Undoes what an earlier picture has used, so that the worker is ready again. */
  async giveBack(): Promise<void> {
    const voucherId = this.id('mine:ready');
    const { status } = await callAs(this.stage, 'ready', 'voucher.getMine', { voucherId });
    if (status === 'used')
      await callAs(this.stage, 'clerk', 'verification.reverse', { voucherId, reason: '演示后恢复原状' });
  }
}

const callAs = <Name extends OperationName>(
  { caller }: Stage,
  name: CastName,
  operation: Name,
  input: PlainInputOf<Name>,
): Promise<OutputOf<Name>> => caller.must(operation, input, { openid: personaOf(name).openid });

async function signIn({ caller, essc }: Stage, name: CastName): Promise<void> {
  const { person, openid } = personaOf(name);
  await caller.signIn(essc, person, openid);
}

/** Longer than any code is accepted. */
const CODE_LIFE_MS = 90_000;

const CLASS_STATUSES: ClassStatus[] = ['draft', 'submitted', 'approved', 'returned', 'running', 'finished'];
const BATCH_STATUSES: BatchStatus[] = ['draft', 'submitted', 'reviewed', 'approved', 'settled', 'returned'];

async function collectIds(stage: Stage): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const keep = (key: string, item: { id: string } | undefined): void => {
    if (item) ids.set(key, item.id);
  };
  const institutions = await callAs(stage, 'clerk', 'training.listInstitutions', {});
  const own = institutions.items.find(({ name }) => name === CAST.school);
  keep('institution', own);
  const owner = { institutionId: own?.id ?? '' };
  const classes = await callAs(stage, 'clerk', 'training.listClasses', owner);
  for (const status of CLASS_STATUSES)
    keep(
      `class:${status}`,
      classes.items.find(item => item.status === status),
    );
  const batches = await callAs(stage, 'payer', 'settlement.listBatches', owner);
  for (const status of BATCH_STATUSES) {
    const batch = batches.items.find(item => item.status === status);
    keep(`batch:${status}`, batch);
    if (batch?.jobId !== undefined) ids.set(`job:${status}`, batch.jobId);
  }
  const entries = await callAs(stage, 'province', 'entry.listApplications', { cityCode: '3701' });
  for (const entry of entries.items) keep(`entry:${entry.status}`, entry);
  const applicationId = ids.get('entry:approved') ?? '';
  const { clientId } = await callAs(stage, 'clerk', 'entry.getApplication', { applicationId });
  if (clientId !== undefined) ids.set('client', clientId);
  await collectTemplates(stage, ids);
  await collectVouchers(stage, ids);
  return ids;
}

async function collectTemplates(stage: Stage, ids: Map<string, string>): Promise<void> {
  const { items } = await callAs(stage, 'clerk', 'voucher.listTemplates', { cityCode: '3701' });
  const keep = (key: string, isWanted: (template: TemplateView) => boolean): void => {
    const found = items.find(isWanted);
    if (found) ids.set(`template:${key}`, found.id);
  };
  keep(
    'published',
    ({ status, issueMode, functionMode }) =>
      status === 'published' && issueMode === 'targeted' && functionMode === 'face_value',
  );
  keep('general', ({ status, issueMode }) => status === 'published' && issueMode === 'general');
  keep('draft', ({ status }) => status === 'draft');
  keep('closed', ({ status }) => status === 'closed');
}

const HOLDERS = [
  'waiting',
  'ready',
  'used',
  'batched',
  'settled',
  'voided',
  'expired',
  'general',
  'late',
] as const;

/** Vouchers as their holders know them, and one of each state as staff do. */
async function collectVouchers(stage: Stage, ids: Map<string, string>): Promise<void> {
  for (const name of HOLDERS) {
    const mine = await callAs(stage, name, 'voucher.listMine', {});
    const [first] = mine.items;
    if (first) ids.set(`mine:${name}`, first.id);
  }
  for (const classKey of ['class:finished', 'class:running']) {
    const classId = ids.get(classKey) ?? '';
    const { items } = await callAs(stage, 'clerk', 'voucher.listVouchers', { classId });
    for (const { status, id } of items) {
      // Pictures of scans use that one.
      if (id !== ids.get('mine:ready')) ids.set(`voucher:${status}`, id);
    }
  }
}
