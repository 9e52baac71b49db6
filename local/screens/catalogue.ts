import type { CastName, World as WholeWorld } from './world';

/** What the addresses take from the seeded data. */
export type World = Pick<WholeWorld, 'id' | 'freshCode' | 'usedCode' | 'oldCode'>;

/** A page as somebody sees it in some state. */
export interface Screen {
  /** The picture's file name, without width and mode. */
  name: string;
  persona: CastName;
  url(world: World): string | Promise<string>;
  /** Names of the controls to tap once the page is there, in this order: opens a sheet for example. */
  taps?: readonly string[];
  /** The person has signed out. */
  signedOut?: true;
  /** The person's sign-in has ended since the app was opened. */
  ended?: true;
  /** Number of the official account from which the person comes. */
  channel?: string;
  /** The page's state when it has loaded; ready unless told. */
  state?: 'empty' | 'failed';
  /** Among the pages that everybody meets: also on a narrow phone and in elder mode. */
  main?: true;
  /** Asks the cloud: also while it waits and when the network is down. */
  loads?: true;
  /** Goes into the documentation. */
  docs?: true;
}

type Where = string | ((world: World) => string | Promise<string>);
type Also = Omit<Screen, 'name' | 'persona' | 'url'>;

const screen = (name: string, persona: CastName, where: Where, also: Also = {}): Screen => ({
  name,
  persona,
  url: typeof where === 'string' ? () => where : where,
  ...also,
});

/** '/worker/code/code?id=…' with the id of what `key` names. */
const of =
  (path: string, parameter: string, key: string): Where =>
  world =>
    `/${path}?${parameter}=${encodeURIComponent(world.id(key))}`;

const qr =
  (text: (world: World) => string | Promise<string>): Where =>
  async world =>
    `/institution/scan-result/scan-result?qr=${encodeURIComponent(await text(world))}`;

const MAIN = { main: true, loads: true } as const;
const LOADS = { loads: true } as const;

const TABS: Screen[] = [
  screen('home-signed-out', 'newcomer', '/pages/home/home', { main: true, signedOut: true }),
  screen('home-to-claim', 'waiting', '/pages/home/home', MAIN),
  screen('home-to-use', 'ready', '/pages/home/home', { main: true }),
  screen('home-used', 'used', '/pages/home/home'),
  screen('home-in-batch', 'batched', '/pages/home/home'),
  screen('home-settled', 'settled', '/pages/home/home'),
  screen('home-voided', 'voided', '/pages/home/home'),
  screen('home-expired', 'expired', '/pages/home/home'),
  screen('home-too-late', 'late', '/pages/home/home'),
  screen('home-general', 'general', '/pages/home/home'),
  screen('home-no-voucher', 'newcomer', '/pages/home/home'),
  screen('home-administrator', 'school', '/pages/home/home'),
  screen('home-clerk', 'clerk', '/pages/home/home'),
  screen('vouchers', 'ready', '/pages/vouchers/vouchers', MAIN),
  screen('vouchers-signed-out', 'newcomer', '/pages/vouchers/vouchers', {
    signedOut: true,
    state: 'failed',
  }),
  screen('vouchers-empty', 'newcomer', '/pages/vouchers/vouchers', { state: 'empty' }),
  screen('scan', 'school', '/pages/scan/scan', MAIN),
  screen('desk-administrator', 'school', '/pages/desk/desk', MAIN),
  screen('desk-clerk', 'clerk', '/pages/desk/desk', { ...MAIN, docs: true }),
  screen('desk-reviewer', 'firstReviewer', '/pages/desk/desk'),
  screen('desk-payer', 'payer', '/pages/desk/desk'),
  screen('desk-province', 'province', '/pages/desk/desk', { main: true }),
  screen('me-worker', 'ready', '/pages/me/me', { main: true }),
  screen('me-signed-out', 'newcomer', '/pages/me/me', { signedOut: true }),
  screen('me-sign-out-sheet', 'ready', '/pages/me/me', { taps: ['退出登录'] }),
  screen('sign-in-sheet', 'newcomer', '/pages/home/home', {
    signedOut: true,
    taps: ['用电子社保卡登录'],
    main: true,
  }),
  screen('me-clerk', 'clerk', '/pages/me/me'),
];

const WORKER: Screen[] = [
  screen('worker-claim', 'waiting', of('worker/claim/claim', 'id', 'mine:waiting'), {
    ...MAIN,
    channel: '3701000001',
  }),
  screen('worker-claim-other-channel', 'waiting', of('worker/claim/claim', 'id', 'mine:waiting')),
  screen('worker-voucher-issued', 'waiting', of('worker/voucher/voucher', 'id', 'mine:waiting'), LOADS),
  screen('worker-voucher-claimed', 'ready', of('worker/voucher/voucher', 'id', 'mine:ready'), { main: true }),
  ...(['used', 'batched', 'settled', 'voided', 'expired', 'general', 'late'] as const).map(holder =>
    screen(`worker-voucher-${holder}`, holder, of('worker/voucher/voucher', 'id', `mine:${holder}`)),
  ),
  screen('worker-voucher-foreign', 'used', of('worker/voucher/voucher', 'id', 'mine:ready'), {
    state: 'failed',
  }),
  screen('worker-code', 'ready', of('worker/code/code', 'id', 'mine:ready'), { ...MAIN, docs: true }),
  screen('worker-help', 'ready', '/worker/help/help', { main: true }),
  screen('worker-privacy', 'ready', '/worker/privacy/privacy'),
];

const SCANNING: Screen[] = [
  screen(
    'scan-accepted',
    'school',
    qr(world => world.freshCode()),
    { ...MAIN, docs: true },
  ),
  screen(
    'scan-undo-sheet',
    'school',
    qr(world => world.freshCode()),
    { taps: ['扫错了？30分钟内可以撤销'] },
  ),
  screen(
    'scan-foreign-code',
    'school',
    `/institution/scan-result/scan-result?foreign=${encodeURIComponent('一个网页链接')}`,
    { main: true },
  ),
  screen(
    'scan-unknown-code',
    'school',
    qr(() => 'V1.unknown'),
  ),
  screen(
    'scan-other-institution',
    'otherSchool',
    qr(world => world.freshCode()),
  ),
  screen(
    'scan-used-just-now',
    'school',
    qr(world => world.usedCode()),
  ),
  screen(
    'scan-old-code',
    'school',
    qr(world => world.oldCode()),
  ),
  screen('scan-wrong-digits', 'school', world => {
    const voucherId = encodeURIComponent(world.id('mine:ready'));
    return `/institution/scan-result/scan-result?voucher=${voucherId}&digits=000000`;
  }),
  screen('manual-code', 'school', '/institution/manual-code/manual-code', { main: true }),
  screen('verifications', 'school', '/institution/verifications/verifications', MAIN),
];

const CLASSES: Screen[] = [
  screen('class-form-new', 'school', '/institution/class-form/class-form', { main: true }),
  screen('class-form-errors', 'school', '/institution/class-form/class-form', { taps: ['保存'] }),
  screen('class-submit-sheet', 'school', of('institution/class-detail/class-detail', 'id', 'class:draft'), {
    taps: ['提交审核'],
  }),
  screen('class-form-edit', 'school', of('institution/class-form/class-form', 'id', 'class:draft'), LOADS),
  ...(['draft', 'submitted', 'approved', 'returned', 'running', 'finished'] as const).map(status =>
    screen(
      `class-detail-${status}`,
      'school',
      of('institution/class-detail/class-detail', 'id', `class:${status}`),
      status === 'running' ? MAIN : {},
    ),
  ),
  screen(
    'class-vouchers',
    'school',
    of('institution/class-vouchers/class-vouchers', 'id', 'class:running'),
    LOADS,
  ),
  screen(
    'class-vouchers-empty',
    'school',
    of('institution/class-vouchers/class-vouchers', 'id', 'class:approved'),
    {
      state: 'empty',
    },
  ),
  screen('roster-draft', 'school', of('institution/roster/roster', 'id', 'class:draft'), LOADS),
  screen('roster-running', 'school', of('institution/roster/roster', 'id', 'class:running')),
  screen('privacy-sheet', 'school', of('institution/roster-import/roster-import', 'id', 'class:draft'), {
    taps: ['选择名册文件'],
    main: true,
  }),
  screen('roster-import', 'school', of('institution/roster-import/roster-import', 'id', 'class:draft')),
];

const BATCHES: Screen[] = [
  screen('batches', 'school', '/institution/batches/batches', LOADS),
  screen('batch-form', 'school', '/institution/batch-form/batch-form'),
  ...(['draft', 'submitted', 'reviewed', 'approved', 'settled', 'returned'] as const).map(status =>
    screen(
      `batch-detail-${status}`,
      'school',
      of('institution/batch-detail/batch-detail', 'id', `batch:${status}`),
      status === 'draft' ? MAIN : {},
    ),
  ),
  screen('batch-submit-sheet', 'school', of('institution/batch-detail/batch-detail', 'id', 'batch:draft'), {
    taps: ['提交'],
  }),
  screen('batch-pick', 'school', of('institution/batch-pick/batch-pick', 'id', 'batch:draft'), LOADS),
  screen('batch-import', 'school', of('institution/batch-import/batch-import', 'id', 'batch:draft')),
  screen('batch-job', 'school', of('institution/batch-job/batch-job', 'job', 'job:draft'), LOADS),
];

const CITY_CLASSES: Screen[] = [
  screen('city-templates', 'clerk', '/city/templates/templates', LOADS),
  screen('city-template-form-new', 'clerk', '/city/template-form/template-form', { main: true }),
  screen('city-template-form-errors', 'clerk', '/city/template-form/template-form', { taps: ['保存'] }),
  screen(
    'city-template-form-edit',
    'clerk',
    of('city/template-form/template-form', 'templateId', 'template:draft'),
    LOADS,
  ),
  ...(['draft', 'published', 'general', 'closed'] as const).map(status =>
    screen(
      `city-template-detail-${status}`,
      'clerk',
      of('city/template-detail/template-detail', 'templateId', `template:${status}`),
      status === 'draft' ? LOADS : {},
    ),
  ),
  screen('city-recipients', 'clerk', of('city/recipients/recipients', 'templateId', 'template:draft'), LOADS),
  screen('city-classes', 'clerk', '/city/classes/classes', MAIN),
  screen('city-classes-submitted', 'clerk', '/city/classes/classes?status=submitted'),
  ...(['submitted', 'approved', 'returned', 'running', 'finished'] as const).map(status =>
    screen(
      `city-class-review-${status}`,
      'clerk',
      of('city/class-review/class-review', 'classId', `class:${status}`),
      status === 'submitted' ? MAIN : {},
    ),
  ),
  screen(
    'city-class-return-sheet',
    'clerk',
    of('city/class-review/class-review', 'classId', 'class:submitted'),
    { taps: ['退回'] },
  ),
  screen(
    'city-issue-before',
    'clerk',
    of('city/issue-progress/issue-progress', 'classId', 'class:approved'),
    MAIN,
  ),
  screen('city-issue-sheet', 'clerk', of('city/issue-progress/issue-progress', 'classId', 'class:approved'), {
    taps: ['发券'],
  }),
  screen(
    'city-issue-general',
    'clerk',
    of('city/issue-progress/issue-progress', 'templateId', 'template:general'),
  ),
  screen('city-issue-done', 'clerk', of('city/issue-progress/issue-progress', 'classId', 'class:running')),
];

const CITY_VOUCHERS: Screen[] = [
  screen('city-vouchers', 'clerk', of('city/vouchers/vouchers', 'classId', 'class:running'), LOADS),
  ...(['issued', 'claimed', 'used', 'batched', 'settled', 'voided', 'expired'] as const).map(status =>
    screen(
      `city-voucher-${status}`,
      'clerk',
      of('city/voucher-detail/voucher-detail', 'voucherId', `voucher:${status}`),
      status === 'issued' ? LOADS : {},
    ),
  ),
  screen(
    'city-void-sheet',
    'clerk',
    of('city/voucher-detail/voucher-detail', 'voucherId', 'voucher:issued'),
    { taps: ['作废这张券'] },
  ),
  screen('city-vouchers-general', 'clerk', of('city/vouchers/vouchers', 'templateId', 'template:general')),
  screen('city-void-codes', 'clerk', '/city/void/void'),
  screen('city-void-class', 'clerk', of('city/void/void', 'classId', 'class:running'), LOADS),
];

const CITY_MONEY: Screen[] = [
  screen('city-batches', 'firstReviewer', '/city/batches/batches', LOADS),
  screen('city-batches-none', 'firstReviewer', '/city/batches/batches?status=paid'),
  screen(
    'city-batch-review',
    'firstReviewer',
    of('city/batch-review/batch-review', 'batchId', 'batch:submitted'),
    MAIN,
  ),
  screen(
    'city-batch-pass-sheet',
    'firstReviewer',
    of('city/batch-review/batch-review', 'batchId', 'batch:submitted'),
    { taps: ['初审通过'] },
  ),
  screen(
    'city-batch-return-sheet',
    'firstReviewer',
    of('city/batch-review/batch-review', 'batchId', 'batch:submitted'),
    { taps: ['退回'] },
  ),
  screen(
    'city-batch-second-reviewer',
    'secondReviewer',
    of('city/batch-review/batch-review', 'batchId', 'batch:reviewed'),
  ),
  screen(
    'city-batch-returned',
    'firstReviewer',
    of('city/batch-review/batch-review', 'batchId', 'batch:returned'),
  ),
  screen('city-batch-settled', 'payer', of('city/batch-review/batch-review', 'batchId', 'batch:settled')),
  screen('city-payment', 'payer', of('city/payment/payment', 'batchId', 'batch:approved'), MAIN),
  screen('city-payment-errors', 'payer', of('city/payment/payment', 'batchId', 'batch:approved'), {
    taps: ['登记拨付'],
  }),
  screen('city-payment-done', 'payer', of('city/payment/payment', 'batchId', 'batch:settled')),
];

const entry = (page: string, status: string): Where =>
  of(`city/entry-${page}/entry-${page}`, 'applicationId', `entry:${status}`);

const seal =
  (block: string, status: string): Where =>
  world =>
    `/city/entry-seal/entry-seal?block=${block}&applicationId=${encodeURIComponent(world.id(`entry:${status}`))}`;

const account =
  (rowKey: string): Where =>
  world =>
    `/city/entry-account/entry-account?rowKey=${rowKey}&applicationId=${encodeURIComponent(world.id('entry:draft'))}`;

const client: Where = world =>
  `/city/entry-client/entry-client?cityCode=3701&clientId=${encodeURIComponent(world.id('client'))}`;

const CITY_ENTRY: Screen[] = [
  screen('city-entries', 'clerk', '/city/entries/entries', MAIN),
  screen('city-entries-province', 'province', '/city/entries/entries'),
  screen('city-entry-form-new', 'clerk', '/city/entry-form/entry-form'),
  screen('city-entry-form', 'clerk', entry('form', 'draft'), MAIN),
  screen('city-entry-form-errors', 'clerk', entry('form', 'draft'), { taps: ['提交'] }),
  screen('city-entry-form-returned', 'clerk', entry('form', 'returned')),
  screen('city-entry-form-submit-sheet', 'clerk', entry('form', 'returned'), { taps: ['提交'] }),
  screen('city-entry-account-new', 'clerk', account(''), { main: true }),
  screen('city-entry-account', 'clerk', account('row0'), LOADS),
  screen('city-entry-account-remove-sheet', 'clerk', account('row0'), { taps: ['删除'] }),
  screen('city-entry-detail-draft', 'clerk', entry('detail', 'draft'), LOADS),
  screen('city-entry-detail-returned', 'clerk', entry('detail', 'returned')),
  screen('city-entry-detail-submitted', 'firstReviewer', entry('detail', 'submitted'), MAIN),
  screen('city-entry-detail-reader', 'payer', entry('detail', 'submitted')),
  screen('city-entry-detail-city-sealed', 'province', entry('detail', 'citySealed')),
  screen('city-entry-detail-province-sealed', 'province', entry('detail', 'provinceSealed')),
  screen('city-entry-detail-sent', 'province', entry('detail', 'sent')),
  screen('city-entry-detail-approved', 'clerk', entry('detail', 'approved')),
  screen('city-entry-client', 'clerk', client, LOADS),
  screen('city-entry-client-sheet', 'clerk', client, { taps: ['生成密钥'] }),
  screen('city-entry-client-secret', 'clerk', client, { taps: ['生成密钥', '生成'] }),
  screen('city-entry-send-sheet', 'province', entry('detail', 'provinceSealed'), { taps: ['报送人社部'] }),
  screen('city-entry-return-sheet', 'firstReviewer', entry('detail', 'submitted'), { taps: ['退回'] }),
  screen('city-entry-seal', 'firstReviewer', seal('cityHrssIt', 'submitted'), { main: true }),
  screen('city-entry-seal-errors', 'firstReviewer', seal('cityHrssIt', 'submitted'), { taps: ['登记盖章'] }),
  screen('city-entry-approval', 'province', entry('approval', 'sent'), MAIN),
  screen('city-entry-approval-errors', 'province', entry('approval', 'sent'), { taps: ['办理通过'] }),
  screen('city-entry-sheet', 'clerk', entry('sheet', 'sent'), MAIN),
  screen('city-entry-sheet-half', 'clerk', entry('sheet', 'draft')),
  screen('city-entry-sheet-unmask-sheet', 'province', entry('sheet', 'sent'), { taps: ['看完整'] }),
  screen('city-entry-sheet-plain', 'province', entry('sheet', 'sent'), { taps: ['看完整', '显示'] }),
  screen('city-entry-document-sheet', 'clerk', entry('sheet', 'sent'), { taps: ['导出 Word 文件'] }),
];

const CITY_KEEPING: Screen[] = [
  screen('city-institutions', 'clerk', '/city/institutions/institutions', LOADS),
  screen('city-institution-form', 'clerk', '/city/institution-form/institution-form'),
  screen(
    'city-institution-detail',
    'clerk',
    of('city/institution-detail/institution-detail', 'institutionId', 'institution'),
    LOADS,
  ),
  screen('city-institution-import', 'clerk', '/city/institution-import/institution-import'),
  screen(
    'city-institution-suspend',
    'clerk',
    of('city/institution-detail/institution-detail', 'institutionId', 'institution'),
    {
      taps: ['停用机构'],
    },
  ),
  screen('city-channels', 'clerk', '/city/channels/channels', LOADS),
  screen('city-channel-sheet', 'clerk', '/city/channels/channels', { taps: ['停止人社服务号的职业培训券'] }),
  screen('city-channels-province', 'province', '/city/channels/channels'),
  screen('city-channel-import', 'clerk', '/city/channel-import/channel-import'),
  screen('city-platform', 'clerk', '/city/platform/platform', LOADS),
  screen('city-channel-form', 'clerk', '/city/channel-form/channel-form?cityCode=3701'),
  screen('city-staff', 'province', '/city/staff/staff', LOADS),
  screen('city-staff-form', 'province', '/city/staff-form/staff-form?cityCode=3701'),
];

/** Of people whose part no other picture has while these are taken: they are signed out meanwhile. */
const SIGN_IN_ENDED: Screen[] = [
  screen('ended-home', 'newcomer', '/pages/home/home', { main: true, ended: true }),
  screen('ended-me', 'newcomer', '/pages/me/me', { ended: true }),
  screen('ended-vouchers', 'newcomer', '/pages/vouchers/vouchers', { ended: true, state: 'failed' }),
  screen('ended-desk-administrator', 'otherSchool', '/pages/desk/desk', { main: true, ended: true }),
  screen('ended-scan', 'otherSchool', '/pages/scan/scan', { main: true, ended: true }),
  screen(
    'ended-scan-result',
    'otherSchool',
    qr(() => 'SDV1.unknown'),
    { ended: true },
  ),
  screen('ended-verifications', 'otherSchool', '/institution/verifications/verifications', {
    ended: true,
    state: 'failed',
  }),
  screen('ended-batch-form', 'otherSchool', '/institution/batch-form/batch-form', {
    main: true,
    ended: true,
  }),
  screen('ended-desk-payer', 'payer', '/pages/desk/desk', { ended: true }),
  screen('ended-sign-in-sheet', 'payer', '/pages/desk/desk', { ended: true, taps: ['用电子社保卡登录'] }),
  screen('ended-batch', 'payer', of('city/batch-review/batch-review', 'batchId', 'batch:approved'), {
    ended: true,
    state: 'failed',
  }),
  screen('no-role-desk', 'newcomer', '/pages/desk/desk', { state: 'empty' }),
];

/** Every page for everybody who uses it, in the states that the seeded data reaches. */
export const CATALOGUE: readonly Screen[] = [
  ...TABS,
  ...WORKER,
  ...SCANNING,
  ...CLASSES,
  ...BATCHES,
  ...CITY_CLASSES,
  ...CITY_VOUCHERS,
  ...CITY_MONEY,
  ...CITY_ENTRY,
  ...CITY_KEEPING,
  ...SIGN_IN_ENDED,
];
