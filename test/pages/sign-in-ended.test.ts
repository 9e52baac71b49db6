/** @jest-environment jsdom */
import type { MountedPage } from '../../local/preview/harness/mount-page';
import { findByText, settle, tap, type } from '../../local/preview/harness/page-actions';
import { fail, ok } from '../../miniprogram/contract/result';
import type { Grant } from '../../miniprogram/contract/roles';
import { enter, session } from '../../miniprogram/session/session';
import { dismissSignIn, signInState } from '../../miniprogram/session/sign-in';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { ACTION_TEXTS, LOCAL_FAILURE_TEXTS } from '../../miniprogram/view/failure';
import { aTemplate } from '../view/city/samples';
import { branded } from '../support/branded';
import { listPages, readAppJson } from '../wxml/mini-program';
import {
  ACCOUNT,
  addToPhone,
  findControl,
  inputsOf,
  open,
  operationsOf,
  page,
  startApp,
  type App,
} from './app';

const ADMINISTRATOR = branded<Grant>({ role: 'administrator', cityCode: '3701', institutionId: 'i1' });
const CLERK = branded<Grant>({ role: 'clerk', cityCode: '3701' });
const EVERY_ROLE: Grant[] = [
  ADMINISTRATOR,
  CLERK,
  branded<Grant>({ role: 'reviewer', cityCode: '3701' }),
  branded<Grant>({ role: 'payer', cityCode: '3701' }),
  branded<Grant>({ role: 'province' }),
];

const ENDED = LOCAL_FAILURE_TEXTS.sign_in_ended;
/** Texts, and what is there for everybody to read. */
const WITHOUT_SIGN_IN = ['worker/help/help', 'worker/privacy/privacy'];
const PAGES = listPages(readAppJson()).filter(id => !WITHOUT_SIGN_IN.includes(id));
/** As in links: each page takes of it what is its own. */
const QUERY = {
  id: 'x',
  classId: 'x',
  templateId: 'x',
  batchId: 'x',
  voucherId: 'x',
  institutionId: 'x',
  cityCode: '3701',
  job: 'x',
  qr: 'SDV1.x',
};

let app: App;
let mounted: MountedPage;

/** Operations that are answered; the others are refused as after a sign-in that has ended. */
let answers: App['cloud'];

beforeEach(() => {
  app = startApp();
  answers = {};
  app.cloud = new Proxy(answers, {
    get: (known, operation: string) => known[operation] ?? (() => fail('sign_in_required')),
  });
  dismissSignIn();
  const createInnerAudioContext = () => ({ src: '', stop: () => {}, play: () => {} });
  addToPhone({ createInnerAudioContext, vibrateLong: jest.fn() });
});

afterEach(() => dismissSignIn());

const begin = (grants: Grant[]): void => enter({ ...ACCOUNT, grants });

async function show(id: string, query: Record<string, string> = {}): Promise<Element> {
  mounted = await open(id, query);
  await settle(3_000);
  return mounted.root;
}

async function press(name: string): Promise<void> {
  tap(findControl(mounted.root, name) ?? findByText(mounted.root, name));
  await settle();
}

/** From the page in front, as a person does it; what the e-SSC does is another suite's. */
async function signInHere(grants: Grant[]): Promise<void> {
  await press(ACTION_TEXTS.sign_in);
  expect(signInState.value.step).toBe('asking');
  dismissSignIn();
  begin(grants);
  await settle();
}

const text = (): string => mounted.root.textContent ?? '';

describe('opened, or come back to, after the sign-in has ended', () => {
  test.each(PAGES)('%s says so once and signs in on the spot', async id => {
    begin(EVERY_ROLE);
    await show(id, QUERY);
    // A page that asks nothing by itself hears of it from others.
    if (session.value.state !== 'ended') session.set({ ...session.value, state: 'ended' });
    await settle();

    expect(text().split('登录已过期')).toHaveLength(2);
    expect(text()).not.toMatch(/没有[^。]*权限/);
    await press(ACTION_TEXTS.sign_in);
    expect(signInState.value.step).toBe('asking');
  });

  test.each(PAGES)('%s, opened from a link by somebody not signed in, asks to sign in', async id => {
    session.set({ state: 'unknown' });
    await show(id, QUERY);

    expect(text()).not.toContain('没有培训机构');
    if (!NOTHING_TO_REFUSE.includes(id)) {
      expect(findControl(mounted.root, ACTION_TEXTS.sign_in)).not.toBeNull();
    }
  });
});

/** Forms that ask for nothing before they are sent: what they send is refused then. */
const NOTHING_TO_REFUSE: readonly string[] = [
  'institution/batch-form/batch-form',
  'institution/batch-import/batch-import',
  'institution/roster-import/roster-import',
  'city/channel-form/channel-form',
  'city/channel-import/channel-import',
  'city/entry-seal/entry-seal',
  'city/institution-import/institution-import',
  'city/staff-form/staff-form',
  'city/void/void',
];

describe('工作台', () => {
  const desk = (): void => {
    answers['training.listInstitutions'] = () => page([{ id: 'i1', name: '泉城学校' }]);
    answers['training.listClasses'] = () => page([]);
  };

  test('stays, with its tab, and goes on after the sign-in', async () => {
    begin([ADMINISTRATOR]);
    await show('pages/desk/desk');
    expect(text()).toContain('新建班期');

    desk();
    await signInHere([ADMINISTRATOR]);

    expect(text()).toContain('还没有班期');
    expect(text()).not.toContain('登录已过期');
  });

  test('a filter that was chosen is still chosen', async () => {
    begin([ADMINISTRATOR]);
    desk();
    answers['training.listClasses'] = ({ status }) => (status ? fail('sign_in_required') : page([CLASS]));
    await show('pages/desk/desk');
    await press('开班中');
    expect(text()).toContain(ENDED);

    answers['training.listClasses'] = () => page([CLASS]);
    await signInHere([ADMINISTRATOR]);

    expect(inputsOf(app, 'training.listClasses').at(-1)).toMatchObject({ status: 'running' });
    expect(text()).toContain('焊工夜班');
  });

  test('who has lost the role reads another sentence, and gets no way to sign in', async () => {
    begin([CLERK]);
    answers['training.countWaiting'] = () => fail('role_not_allowed');
    answers['account.getAccount'] = () => ok(ACCOUNT);
    await show('pages/desk/desk');

    expect(text()).toContain('您现在没有培训机构或人社部门的权限');
    expect(text()).not.toContain('登录');
    expect(findControl(mounted.root, ACTION_TEXTS.sign_in)).toBeNull();
  });

  test('who was never signed in is asked to, and not told of roles', async () => {
    session.set({ state: 'signed_out' });
    await show('pages/desk/desk');

    expect(text()).toContain('请先登录');
    expect(text()).not.toContain('权限');
  });

  test('without network it says that, and finds the desk at the next try', async () => {
    session.set({ state: 'unknown' });
    answers['account.getAccount'] = () => fail('gateway_unavailable');
    await show('pages/desk/desk');
    expect(text()).toContain(refusalText({ code: 'gateway_unavailable' }));

    desk();
    answers['account.getAccount'] = () => ok({ ...ACCOUNT, grants: [ADMINISTRATOR] });
    await press(ACTION_TEXTS.again);
    await settle();

    expect(text()).toContain('新建班期');
  });
});

describe('a form', () => {
  test('keeps what was typed, and is sent after the sign-in', async () => {
    begin([CLERK]);
    await show('city/institution-form/institution-form');
    type(findControl(mounted.root, '机构名称'), '泉城学校');
    type(findControl(mounted.root, '统一社会信用代码'), '91370100MA3C000000');
    await settle();
    expect(mounted.data()['form']).toMatchObject({ name: '泉城学校' });

    session.set({ ...session.value, state: 'ended' });
    await signInHere([CLERK]);

    expect(text()).not.toContain('登录已过期');
    expect(mounted.data()['form']).toMatchObject({ name: '泉城学校', cityCode: '3701' });
  });

  test('that begins empty is not begun anew', async () => {
    begin([CLERK]);
    await show('city/template-form/template-form');
    type(findControl(mounted.root, '名称'), '焊接券');
    await settle();

    session.set({ ...session.value, state: 'ended' });
    await signInHere([CLERK]);

    expect(mounted.data()['form']).toMatchObject({ name: '焊接券' });
  });

  test('that was filled from what is stored keeps the changes', async () => {
    begin([CLERK]);
    answers['voucher.getTemplate'] = () => ok(aTemplate({ status: 'draft' }));
    await show('city/template-form/template-form', { templateId: 't1' });
    type(findControl(mounted.root, '名称'), '改过的名称');
    await settle();
    await press('保存');
    expect(operationsOf(app)).toContain('voucher.amendTemplate');
    expect(text()).toContain(ENDED);

    await signInHere([CLERK]);

    expect(mounted.data()['form']).toMatchObject({ name: '改过的名称' });
  });
});

describe('a file', () => {
  const REPORT = { rows: 1, good: 1, bad: 0, added: 0, badByCode: {}, problems: [] };
  const uploadFile = jest.fn(() => Promise.resolve({ fileID: 'cloud://file' }));

  beforeEach(() => {
    uploadFile.mockClear();
    const { cloud } = (globalThis as unknown as { wx: { cloud: object } }).wx;
    Object.assign(cloud, { uploadFile });
    const tempFiles = [{ path: 'tmp', name: '名册.csv', size: 9 }];
    addToPhone({ chooseMessageFile: () => Promise.resolve({ tempFiles }) });
  });

  const PAGES = [
    {
      id: 'institution/roster-import/roster-import',
      label: '选择名册文件',
      part: 'training',
      check: 'checkRoster',
      grant: ADMINISTRATOR,
    },
    {
      id: 'institution/batch-import/batch-import',
      label: '选择券码文件',
      part: 'settlement',
      check: 'checkCodes',
      grant: ADMINISTRATOR,
    },
    {
      id: 'city/recipients/recipients',
      label: '选择名单文件',
      part: 'training',
      check: 'checkRoster',
      grant: CLERK,
    },
  ] as const;
  type Row = (typeof PAGES)[number];
  const place = () => ok({ cloudPath: 'uploads/file', fileId: 'cloud://file' });

  /** Chooses a file; whatever is not answered says that the sign-in has ended. */
  async function choose({ id, label, grant }: Row): Promise<void> {
    begin([grant]);
    answers['voucher.getTemplate'] = () => ok({ ...aTemplate({ status: 'published' }), rosterCount: 0 });
    answers['training.listRoster'] = () => page([]);
    await show(id, QUERY);
    tap(mounted.root.querySelector(`[aria-label^="${label}"]`));
    await settle();
    expect(text()).toContain(ENDED);
  }

  test.each(PAGES)('$id: one that was chosen is sent and checked after the sign-in', async row => {
    const { part, check, grant } = row;
    await choose(row);
    expect(uploadFile).not.toHaveBeenCalled();

    answers[`${part}.startUpload`] = place;
    answers[`${part}.${check}`] = () => ok(REPORT);
    await signInHere([grant]);

    expect(inputsOf(app, `${part}.startUpload`)).toHaveLength(2);
    expect(uploadFile).toHaveBeenCalledTimes(1);
    expect(text()).not.toContain(ENDED);
    expect(text()).toMatch(/可用1/);
  });

  test.each(PAGES)('$id: one that was sent before is only checked again', async row => {
    const { part, check, grant } = row;
    answers[`${part}.startUpload`] = place;
    await choose(row);
    expect(uploadFile).toHaveBeenCalledTimes(1);

    answers[`${part}.${check}`] = () => ok(REPORT);
    await signInHere([grant]);

    expect(inputsOf(app, `${part}.${check}`)).toHaveLength(2);
    expect(uploadFile).toHaveBeenCalledTimes(1);
    expect(text()).not.toContain(ENDED);
    expect(text()).toMatch(/可用1/);
  });
});

describe('a sheet', () => {
  test('stays open with the reason that was typed, says so, and sends it after the sign-in', async () => {
    begin([ADMINISTRATOR]);
    answers['verification.use'] = () => ok(RECEIPT);
    answers['verification.countToday'] = () => ok({ acceptedCount: 1 });
    await show('institution/scan-result/scan-result', { qr: 'SDV1.x' });
    await press('扫错了？30分钟内可以撤销');
    type(findControl(mounted.root, '撤销原因'), '扫错了人');
    await settle();
    await press('撤销核验');
    expect(text()).toContain(ENDED);

    await signInHere([ADMINISTRATOR]);
    answers['verification.reverse'] = () => ok(RECEIPT);
    await press('撤销核验');

    expect(inputsOf(app, 'verification.reverse').map(({ reason }) => reason)).toEqual([
      '扫错了人',
      '扫错了人',
    ]);
    expect(inputsOf(app, 'verification.use')).toHaveLength(1);
  });
});

const CLASS = { id: 'c1', name: '焊工夜班', status: 'running', startsOn: '2026-11-24', endsOn: '2026-11-25' };

const RECEIPT = {
  voucherId: 'v1',
  status: 'used',
  holderName: '张*',
  className: '电工班',
  institutionName: '泉城学校',
  amountFen: 120_000,
  usedAtMs: 1_800_000_000_000,
  code: '370126000000000001',
};

test('a scan that met the end is sent again after the sign-in, and answered', async () => {
  begin([ADMINISTRATOR]);
  await show('institution/scan-result/scan-result', { qr: 'SDV1.x' });
  expect(text().split('登录已过期')).toHaveLength(2);

  answers['verification.use'] = () => ok(RECEIPT);
  answers['verification.countToday'] = () => ok({ acceptedCount: 1 });
  await signInHere([ADMINISTRATOR]);

  expect(inputsOf(app, 'verification.use')).toEqual([{ qrText: 'SDV1.x' }, { qrText: 'SDV1.x' }]);
  expect(text()).toContain('张*');
});

describe('a worker', () => {
  test('reads on the home page that the sign-in has ended, and finds the vouchers after the next', async () => {
    begin([]);
    await show('pages/home/home');
    expect(text()).toContain(ENDED);
    expect(mounted.root.querySelectorAll(`[aria-label="${ACTION_TEXTS.sign_in}"]`)).toHaveLength(1);

    answers['account.getAccount'] = () => ok(ACCOUNT);
    answers['voucher.listMine'] = () => page([]);
    await signInHere([]);

    expect(text()).toContain('现在没有您的券');
  });

  test('finds on 我的 whose it was, and may sign out as well', async () => {
    begin([]);
    session.set({ ...session.value, state: 'ended' });
    await show('pages/me/me');
    expect(text()).toContain(ACCOUNT.name);
    expect(text()).toContain(ENDED);

    await press('退出登录');
    tap([...mounted.root.querySelectorAll<HTMLElement>('[role="dialog"] [aria-label="退出登录"]')].at(-1));
    await settle();

    expect(text()).toContain('还没有登录');
    expect(app.storage.has('account')).toBe(false);
  });
});
