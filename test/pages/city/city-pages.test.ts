/** @jest-environment jsdom */
import { CITY_CODES } from '../../../miniprogram/contract/areas';
import type { Plain } from '../../../miniprogram/contract/brand';
import { refusalText } from '../../../miniprogram/text/refusal-text';
import {
  addToPhone,
  close,
  findControl,
  inputsOf,
  open,
  operationsOf,
  page,
  startAppAs,
  type App,
} from '../app';
import type { MountedPage } from '../../../local/preview/harness/mount-page';
import { emit, findByText, settle, tap, type } from '../../../local/preview/harness/page-actions';
import type { JobView } from '../../../miniprogram/contract/jobs';
import type { Grant } from '../../../miniprogram/contract/roles';
import { BATCH_STATUS_NAMES, type BatchStatus } from '../../../miniprogram/contract/settlement';
import { fail, ok } from '../../../miniprogram/contract/result';
import {
  aBatch,
  aClass,
  aClassDetail,
  aTemplate,
  aTemplateDetail,
  CLERK,
  PAYER,
  COUNTY_CLERK,
  PROVINCE,
  REVIEWER,
} from '../../view/city/samples';
import { readAppJson } from '../../wxml/mini-program';
import { branded } from '../../support/branded';

const person = { id: 'entry-1', name: '张*三', idNumber: '3701**********002X', addedAtMs: 0 };
const item = {
  voucherId: 'v',
  code: '3701202600000000010',
  holderName: '李*',
  amountFen: 840_000,
  usedAtMs: 0,
};
const institution = {
  id: 'institution-1',
  name: '泉城职业培训学校',
  uscc: '91350100M000100Y43',
  cityCode: '3701',
  active: true,
};
const job = (given: Partial<Plain<JobView>> = {}): JobView =>
  branded({
    id: 'job-1',
    kind: 'issue',
    status: 'finished',
    total: 1,
    done: 1,
    refused: 0,
    refusedByCode: {},
    startedAtMs: 0,
    ...given,
  });

let app: App;
let mounted: MountedPage;

const as = (grants: Grant[], cloud: App['cloud']): void => {
  app = startAppAs(grants);
  app.cloud = cloud;
};

const show = async (name: string, query?: Record<string, string>): Promise<Element> => {
  mounted = await open(`city/${name}/${name}`, query);
  return mounted.root;
};

const OF_TWO_CITIES: Grant[] = [...CLERK, { role: 'payer', cityCode: '3702' }];

const press = async (root: Element, name: string): Promise<void> => {
  tap(findControl(root, name));
  await settle();
};

/** The button of the open sheet, not its namesake on the page. */
const sheetButton = (root: Element, name: string): Element | null | undefined =>
  [...root.querySelectorAll('[aria-modal="true"]')]
    .map(sheet => findControl(sheet, name))
    .find(button => button !== null);

const confirm = async (root: Element, name: string): Promise<void> => {
  tap(sheetButton(root, name));
  await settle();
};

describe('lists', () => {
  const lists: [string, string, unknown][] = [
    ['templates', 'voucher.listTemplates', aTemplate()],
    ['classes', 'training.listClasses', aClass()],
    ['batches', 'settlement.listBatches', aBatch()],
    ['institutions', 'training.listInstitutions', institution],
  ];

  test.each(lists)('%s shows what there is, and that there is nothing', async (name, operation, record) => {
    as(CLERK, { [operation]: () => page([record]) });
    const root = await show(name);
    expect(mounted.data()).toMatchObject({ state: 'ready', rows: [expect.anything()] });
    expect(root.textContent).toContain((mounted.data()['rows'] as { title: string }[])[0]?.title);
    close(mounted);

    app.cloud[operation] = () => page([]);
    await show(name);
    expect(mounted.data()['state']).toBe('empty');
  });

  test.each(lists)('%s says why it cannot be loaded, and tries again', async (name, operation, record) => {
    as(CLERK, { [operation]: () => fail('role_not_allowed') });
    const root = await show(name);
    expect(mounted.data()['state']).toBe('failed');

    app.cloud[operation] = () => page([record]);
    await press(root, '重新加载');
    expect(mounted.data()['state']).toBe('ready');
  });

  test('a state in the address is the filter that is asked for', async () => {
    as(REVIEWER, { 'settlement.listBatches': () => page([]) });

    const root = await show('batches', { status: 'reviewed' });

    expect(inputsOf(app, 'settlement.listBatches')).toEqual([{ cityCodes: ['3701'], status: 'reviewed' }]);
    expect(root.textContent).toContain('没有这一类的结算批次');
  });

  test('another filter is asked for anew; a failure does not claim that there is nothing', async () => {
    as(REVIEWER, { 'settlement.listBatches': () => page([aBatch()]) });
    const root = await show('batches');

    app.cloud['settlement.listBatches'] = () => fail('batch_not_found');
    await press(root, '待拨付');
    expect(mounted.data()).toMatchObject({ state: 'ready', rows: [], isNone: false, loading: false });

    app.cloud['settlement.listBatches'] = () => page([]);
    await press(root, '待复审');
    expect(root.textContent).toContain('没有这一类的结算批次');
    expect(inputsOf(app, 'settlement.listBatches')).toEqual([
      { cityCodes: ['3701'] },
      { cityCodes: ['3701'], status: 'approved' },
      { cityCodes: ['3701'], status: 'reviewed' },
    ]);
  });

  test.each(lists)(
    '%s names all cities of the officer, and one where it is chosen',
    async (name, operation, record) => {
      as(CLERK, { [operation]: () => page([record]) });
      await show(name);
      expect(inputsOf(app, operation)).toEqual([{ cityCodes: ['3701'] }]);
      close(mounted);

      for (const [grants, cityCodes] of [
        [OF_TWO_CITIES, ['3701', '3702']],
        [PROVINCE, CITY_CODES],
      ] as const) {
        as(grants, { [operation]: () => page([record]) });
        const root = await show(name);
        emit(findControl(root, '市，全部')?.parentElement, 'change', { value: 2 });
        await settle();
        expect(inputsOf(app, operation)).toEqual([{ cityCodes }, { cityCodes, cityCode: '3702' }]);
        close(mounted);
      }
    },
  );
});

describe('a full list', () => {
  const PAGE_SIZE = 20;
  const pagesOf =
    (make: (at: number) => object) =>
    ({ cursor = '0' }: Record<string, unknown>) =>
      page(
        Array.from({ length: PAGE_SIZE }, (_, at) => ({
          ...make(Number(cursor) + at),
          id: `r${String(cursor)}-${at}`,
        })),
        String(Number(cursor) + PAGE_SIZE),
      );

  test.each([
    ['city/vouchers/vouchers', { classId: 'c1' }],
    ['city/classes/classes', {}],
    ['city/batches/batches', {}],
    ['city/templates/templates', {}],
    ['city/class-review/class-review', { classId: 'c1' }],
    ['city/batch-review/batch-review', { batchId: 'b1' }],
  ])('%s stays below 800 nodes', async (id, query) => {
    as([...CLERK, ...REVIEWER], {
      'voucher.listVouchers': pagesOf(() => ({ ...item, status: 'used', claimUntilMs: 0, expiresAtMs: 0 })),
      'voucher.listTemplates': pagesOf(() => aTemplate()),
      'training.listClasses': pagesOf(() => aClass({ status: 'returned' })),
      'training.getClass': () => ok(aClassDetail({ status: 'submitted', rosterCount: 99 })),
      'training.listRoster': pagesOf(() => person),
      'settlement.listBatches': pagesOf(() => aBatch({ status: 'submitted', count: 9 })),
      'settlement.getBatch': () => ok(aBatch({ status: 'submitted', count: 99 })),
      'settlement.listItems': pagesOf(at => ({ ...item, voucherId: `v${at}` })),
    });
    mounted = await open(id, query);

    for (let grown = 0; grown < 2; grown++) {
      tap(findControl(mounted.root, '查看更多'));
      await settle();
    }

    expect(findControl(mounted.root, '看后面的')).not.toBeNull();
    expect(mounted.root.querySelectorAll('*').length).toBeLessThan(800);
  });
});

describe('券模板', () => {
  test('an empty form is not sent; every fault is named', async () => {
    as(CLERK, {});
    const root = await show('template-form');

    await press(root, '保存');

    expect(operationsOf(app)).toEqual([]);
    expect(root.textContent).toContain('有 5 处要改，已标红');
  });

  test('a double tap publishes once', async () => {
    const draft = aTemplateDetail({ status: 'draft' });
    as(CLERK, {
      'voucher.getTemplate': () => ok(draft),
      'voucher.publishTemplate': () => ok({ ...draft, status: 'published' }),
    });
    const root = await show('template-detail', { templateId: draft.id });
    await press(root, '发布');

    const button = sheetButton(root, '发布');
    tap(button);
    tap(button);
    await settle();

    expect(inputsOf(app, 'voucher.publishTemplate')).toHaveLength(1);
    expect(root.textContent).toContain('已发布');
  });
});

describe('班期', () => {
  const reads = (given = {}): App['cloud'] => ({
    'training.getClass': () => ok(aClassDetail(given)),
    'training.listRoster': () => page([person]),
  });

  test('a return needs its reason', async () => {
    as(CLERK, { ...reads(), 'training.returnClass': () => ok(aClass({ status: 'returned' })) });
    const root = await show('class-review', { classId: 'class-1' });
    await press(root, '退回');

    await confirm(root, '退回');
    expect(inputsOf(app, 'training.returnClass')).toEqual([]);

    type(root.querySelector('[aria-modal="true"] textarea'), '地点不清');
    await settle();
    await confirm(root, '退回');
    expect(inputsOf(app, 'training.returnClass')).toEqual([{ classId: 'class-1', reason: '地点不清' }]);
  });

  test('issuing shows count and amount, then the finished job', async () => {
    as(CLERK, {
      ...reads({ status: 'approved' }),
      'voucher.issue': () => ok(job({ status: 'running', done: 0 })),
      'voucher.getJob': () => ok(job()),
    });
    const root = await show('issue-progress', { classId: 'class-1' });
    expect(root.textContent).toContain('1 张');
    expect(root.textContent).toContain('1,200.00元');

    await press(root, '发券');
    await confirm(root, '发券');
    await settle();

    expect(inputsOf(app, 'voucher.issue')).toEqual([{ classId: 'class-1' }]);
    expect(root.textContent).toContain('已办成1，未办成0，共1');
    expect(inputsOf(app, 'voucher.getJob')).toHaveLength(1);
  });

  test('a job under way is found again, and nothing is issued beside it', async () => {
    as(CLERK, {
      ...reads({ status: 'approved', issueJobId: 'job-1' }),
      'voucher.getJob': () => ok(job({ status: 'running', total: 10, done: 4 })),
    });

    const root = await show('issue-progress', { classId: 'class-1' });
    await settle();

    expect(root.textContent).toContain('已办成4，未办成0，共10');
    expect(findControl(root, '再次发券')).toBeNull();
  });
});

describe('作废', () => {
  test('codes are checked before anything is sent', async () => {
    as(CLERK, {});
    const root = await show('void');

    type(root.querySelector('textarea'), '123');
    await settle();

    expect(root.textContent).toContain('第 1 行：券码格式不对，可能少了或多了字符');
    expect(findControl(root, '作废')?.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('结算批次', () => {
  test('the same person is told why a second review is not theirs', async () => {
    as(REVIEWER, {
      'settlement.getBatch': () => ok(aBatch({ status: 'reviewed' })),
      'settlement.listItems': () => page([item]),
      'settlement.approveBatch': () => fail('batch_same_person'),
    });
    const root = await show('batch-review', { batchId: 'batch-1' });

    await press(root, '复审通过');
    await confirm(root, '复审通过');

    expect(root.textContent).toContain(refusalText({ code: 'batch_same_person' }));
  });

  test('a job that the batch came with is shown without asking; one that runs is asked about', async () => {
    const batch = (status: 'paid' | 'settled', known: JobView) => ({
      'settlement.getBatch': () => ok({ ...aBatch({ status, jobId: 'job-1' }), job: known }),
      'settlement.listItems': () => page([item]),
      'settlement.getJob': () => ok(ended),
    });
    const ended = job({ kind: 'settle', total: 4, done: 4 });
    as(PAYER, batch('paid', job({ kind: 'settle', status: 'running', total: 4, done: 1 })));
    const root = await show('batch-review', { batchId: 'batch-1' });
    expect(root.textContent).toContain('已办成1，未办成0，共4');
    expect(operationsOf(app)).toEqual(['settlement.getBatch', 'settlement.listItems']);
    await settle(2_000);
    expect(root.textContent).toContain('已办成4，未办成0，共4');
    close(mounted);

    as(PAYER, batch('settled', ended));
    const later = await show('batch-review', { batchId: 'batch-1' });
    await settle();
    expect(later.textContent).toContain('已办成4，未办成0，共4');
    expect(inputsOf(app, 'settlement.getJob')).toEqual([]);
  });

  test('a payment that differs by one fen is not sent', async () => {
    as(PAYER, { 'settlement.getBatch': () => ok(aBatch({ status: 'approved' })) });
    const root = await show('payment', { batchId: 'batch-1' });

    type(findControl(root, '实际拨付金额（元）'), '8399.99');
    type(findControl(root, '拨付凭证号'), 'ZF-1');
    await settle();
    await press(root, '登记拨付');

    expect(root.textContent).toContain('少了 0.01元');
    expect(inputsOf(app, 'settlement.payBatch')).toEqual([]);
  });

  test('what cannot be paid is returned with a reason, by the payer', async () => {
    const returned = aBatch({ status: 'returned', jobId: 'job-1' });
    as(PAYER, {
      'settlement.getBatch': () => ok(aBatch({ status: 'approved' })),
      'settlement.returnBatch': () => ok(returned),
      'settlement.getJob': () => ok(job({ kind: 'unbatch' })),
    });
    const root = await show('payment', { batchId: 'batch-1' });

    await press(root, '付不出去，退回批次');
    type(root.querySelector('textarea'), '银行退票');
    await settle();
    await confirm(root, '退回');
    await settle();

    expect(inputsOf(app, 'settlement.returnBatch')).toMatchObject([
      { batchId: 'batch-1', reason: '银行退票' },
    ]);
    expect(root.textContent).not.toContain('登记拨付');
  });

  test('the exact total is paid and the write-off followed to its end', async () => {
    let status: 'approved' | 'settled' = 'approved';
    as(PAYER, {
      'settlement.getBatch': () => ok(aBatch({ status, jobId: 'job-1' })),
      'settlement.payBatch': () => {
        status = 'settled';
        return ok(aBatch({ status: 'paid', jobId: 'job-1' }));
      },
      'settlement.getJob': () => ok(job({ kind: 'settle' })),
    });
    const root = await show('payment', { batchId: 'batch-1' });
    type(findControl(root, '实际拨付金额（元）'), '8,400');
    type(findControl(root, '拨付凭证号'), 'ZF-1');
    await settle();

    await press(root, '登记拨付');
    await confirm(root, '已拨付，登记');
    await settle();

    expect(inputsOf(app, 'settlement.payBatch')).toMatchObject([{ paidFen: 840_000, reference: 'ZF-1' }]);
    expect(root.textContent).toContain('已核销');
  });
});

describe('机构、渠道、人员', () => {
  test('a USCC with a wrong check character is not sent', async () => {
    as(CLERK, {});
    const root = await show('institution-form');
    type(findControl(root, '机构名称'), '泉城职业培训学校');
    type(findControl(root, '统一社会信用代码'), '91350100M000100Y44');
    await settle();

    await press(root, '登记');

    expect(root.textContent).toContain('统一社会信用代码有误');
    expect(operationsOf(app)).toEqual([]);
  });

  test('an institution is closed only after a question', async () => {
    as(CLERK, {
      'training.getInstitution': () => ok(institution),
      'training.listAdministrators': () => page([]),
      'training.setInstitution': ({ reason }) =>
        ok({ ...institution, active: false, standing: { sinceMs: 0, reason } }),
    });
    const root = await show('institution-detail', { institutionId: 'institution-1' });

    await press(root, '停用机构');
    await confirm(root, '停用');
    expect(inputsOf(app, 'training.setInstitution')).toEqual([]);
    expect(root.textContent).toContain('请填写停用原因');
    type(findControl(root, '停用原因'), '年审材料没有交齐');
    await settle();
    await confirm(root, '停用');

    expect(inputsOf(app, 'training.setInstitution')).toEqual([
      { institutionId: 'institution-1', active: false, reason: '年审材料没有交齐' },
    ]);
    expect(root.textContent).toContain('已停用');
    expect(root.textContent).toContain('年审材料没有交齐');
  });

  test('the projects that an institution may run are ticked and saved', async () => {
    as(CLERK, {
      'training.getInstitution': () => ok({ ...institution, projectIds: ['pre_job'] }),
      'training.listAdministrators': () => page([]),
      'training.setInstitution': input => ok({ ...institution, ...input }),
    });
    const root = await show('institution-detail', { institutionId: 'institution-1' });
    expect(findControl(root, '保存可开展的项目')).toBeNull();

    tap(findByText(root, '岗位技能提升培训'));
    await settle();
    await press(root, '保存可开展的项目');

    expect(inputsOf(app, 'training.setInstitution')).toEqual([
      { institutionId: 'institution-1', projectIds: ['pre_job', 'skill_upgrade'] },
    ]);
    expect(findControl(root, '保存可开展的项目')).toBeNull();
    expect(root.textContent).toContain('岗前培训、岗位技能提升培训');
  });

  test('institutions are searched for and filtered; the totals are those of the search', async () => {
    as(CLERK, {
      'training.listInstitutions': () => page([institution]),
      'training.countInstitutions': () => ok({ active: 2_998, suspended: 2 }),
    });
    const root = await show('institutions');
    expect(root.textContent).toContain('共 3,000 家：启用中 2,998 家，已停用 2 家');

    type(findControl(root, '查找机构'), ' 泉城 ');
    await settle();
    expect(inputsOf(app, 'training.listInstitutions')).toHaveLength(1);
    await press(root, '查找');
    await press(root, '已停用');
    type(findControl(root, '查找机构'), '');
    await settle();

    const cityCodes = ['3701'];
    expect(inputsOf(app, 'training.listInstitutions')).toEqual([
      { cityCodes },
      { cityCodes, search: '泉城' },
      { cityCodes, search: '泉城', active: false },
      { cityCodes, active: false },
    ]);
    expect(inputsOf(app, 'training.countInstitutions').at(1)).toEqual({ cityCodes, search: '泉城' });
  });

  describe('from a file', () => {
    const report = { rows: 2, good: 1, bad: 1, added: 0, badByCode: {}, problems: [] };
    const place = { cloudPath: 'imports/institutions/0f', fileId: 'cloud://e.b/imports/institutions/0f' };
    const pick = async (root: Element, label: string): Promise<void> => {
      addToPhone({
        chooseMessageFile: () => Promise.resolve({ tempFiles: [{ path: 'tmp', name: '表.csv', size: 9 }] }),
      });
      (wx.cloud as unknown as { uploadFile: unknown }).uploadFile = () =>
        Promise.resolve({ fileID: place.fileId });
      const picker = [...root.querySelectorAll<HTMLElement>('[role="button"]')].find(node =>
        node.getAttribute('aria-label')?.startsWith(label),
      );
      picker?.click();
      await settle();
    };

    test('institutions are checked, imported by a job, and what was refused is listed', async () => {
      as(CLERK, {
        'training.startInstitutionUpload': () => ok(place),
        'training.checkInstitutions': () => ok(report),
        'training.importInstitutions': () => ok(job({ kind: 'add_institutions' })),
        'training.getJob': () => ok(job({ kind: 'add_institutions', total: 2, done: 1, refused: 1 })),
        'training.listJobRefusals': () => page([{ row: 3, column: '区县', code: 'county_unknown' }]),
      });
      const root = await show('institution-import');
      await pick(root, '选择机构名单文件');
      expect(root.textContent).toContain('检查结果（还没有导入）');

      await press(root, '只导入可用的1行');

      const file = { cityCode: '3701', fileId: place.fileId };
      expect(inputsOf(app, 'training.checkInstitutions')).toEqual([file]);
      expect(inputsOf(app, 'training.importInstitutions')).toEqual([file]);
      expect(root.textContent).toContain('批量登记培训机构');
      expect(root.textContent).toContain('第 3 行 “区县”：区县写法不对');
    });

    test('channels are checked, then registered, and an empty form can be opened', async () => {
      addToPhone({ downloadFile: jest.fn() });
      as(CLERK, {
        'entry.getChannelForm': () => ok({ fileUrl: 'http://127.0.0.1/form.xlsx' }),
        'entry.startUpload': () => ok(place),
        'entry.checkChannels': () => ok(report),
        'entry.importChannels': () => ok({ ...report, added: 1 }),
      });
      const root = await show('channel-import');
      await press(root, '打开空白表格');
      await pick(root, '选择渠道名单文件');
      await press(root, '只导入可用的1个渠道');

      expect(operationsOf(app)).toEqual([
        'entry.getChannelForm',
        'entry.startUpload',
        'entry.checkChannels',
        'entry.importChannels',
      ]);
      expect(root.textContent).toContain('已导入1个渠道，另有1行没有导入');
    });
  });

  describe('channels', () => {
    const channel = (number: number, more: object = {}) => ({
      channelNumber: String(3_701_000_000 + number),
      cityCode: '3701',
      name: `渠道${number}号`,
      kind: 'app',
      issuing: true,
      voucherOpen: false,
      ...more,
    });

    test('say since when they are open or closed, and which issuing ones are missing', async () => {
      const at = (minute: number) => Date.UTC(2026, 10, 24, 2, minute);
      const openings = [
        { voucherOpen: false, sinceMs: at(9) },
        { voucherOpen: true, sinceMs: at(5) },
        { voucherOpen: false, sinceMs: at(0) },
      ];
      const channels = [
        channel(1, { openings, voucherOpenSinceMs: at(9) }),
        channel(2, { voucherOpen: true }),
        channel(3, { voucherOpen: true }),
      ];
      as(CLERK, { 'entry.listChannels': () => ok({ channels }) });
      const root = await show('channels');

      expect(root.textContent).toContain('66.66%');
      expect(root.textContent).toContain('2 / 3 个');
      expect(root.textContent).toContain('还没有开通的签发渠道：渠道1号');
      expect(root.textContent).toContain('2026年11月24日 10:09停止');
      expect(root.textContent).toContain('此前：2026年11月24日 10:05开通，2026年11月24日 10:00登记');
    });

    test('are found by a part of the name, and grow on the screen', async () => {
      const channels = Array.from({ length: 45 }, (_, at) => channel(at, { voucherOpen: at % 2 === 0 }));
      as(CLERK, { 'entry.listChannels': () => ok({ channels }) });
      const root = await show('channels');
      const shown = () => (mounted.data()['rows'] as unknown[]).length;
      const before = shown();
      await press(root, '查看更多');
      const grown = shown();
      await press(root, '待开通的签发渠道');
      type(findControl(root, '查找渠道'), '道1号');
      await settle();

      expect([before, grown, shown()]).toEqual([20, 40, 1]);
      expect(root.textContent).toContain('渠道（1 个）');
    });

    test('of all cities are counted together and city by city', async () => {
      as(PROVINCE, {
        'entry.getCoverage': () =>
          ok({
            items: [
              { cityCode: '3701', issuingCount: 5, openCount: 4 },
              { cityCode: '3702', issuingCount: 3, openCount: 2 },
            ],
          }),
        'entry.listChannels': () => ok({ channels: [channel(1)] }),
      });
      const root = await show('channels');

      expect(inputsOf(app, 'entry.getCoverage')).toEqual([{ cityCodes: CITY_CODES }]);
      expect(root.textContent).toContain('2 个市中 1 个达到 80%');
      expect(root.textContent).toContain('75.00%');
      await press(root, '青岛市，2 / 3 个，66.66%，未达到 80%，还需开通 1 个');
      expect(inputsOf(app, 'entry.listChannels')).toEqual([{ cityCode: '3702' }]);
      expect(root.textContent).toContain('渠道1号');
    });
  });

  test('the province reads channels and changes none', async () => {
    const channel = {
      channelNumber: '3701000001',
      cityCode: '3701',
      name: '服务号',
      kind: 'app',
      issuing: true,
      voucherOpen: false,
    };
    as(PROVINCE, {
      'entry.getCoverage': () => ok({ items: [] }),
      'entry.listChannels': () => ok({ channels: [channel] }),
    });

    const root = await show('channels');
    emit(findControl(root, '市，各市汇总')?.parentElement, 'change', { value: 1 });
    await settle();

    expect(root.textContent).toContain('未达到 80%，还需开通 1 个');
    expect(findControl(root, '开通服务号的职业培训券')).toBeNull();
  });

  test('a role is taken back by name and city', async () => {
    const officer = { personId: 'p', name: '李*', grants: [{ role: 'payer', cityCode: '3701' }] };
    as(PROVINCE, { 'account.listStaff': () => page([officer]), 'account.revokeRole': () => ok(officer) });
    const root = await show('staff');

    await press(root, '取消李*的市级拨付人员权限');
    await confirm(root, '取消权限');

    expect(inputsOf(app, 'account.revokeRole')).toEqual([{ personId: 'p', role: 'payer', cityCode: '3701' }]);
  });

  test('a role in a county is given, and taken back for itself', async () => {
    const grants = [{ role: 'payer', cityCode: '3701', countyCode: '370112' }];
    const officer = { personId: 'p', name: '李*', grants };
    as(PROVINCE, {
      'account.listStaff': () => page([officer]),
      'account.revokeRole': () => ok(officer),
      'account.grantRole': () => ok(officer),
    });
    const staff = await show('staff');
    await press(staff, '取消李*的区县级拨付人员（历城区）权限');
    await confirm(staff, '取消权限');
    expect(inputsOf(app, 'account.revokeRole')).toEqual([{ personId: 'p', ...grants[0] }]);
    close(mounted);

    const root = await show('staff-form', { cityCode: '3701' });
    // 370102 is the first after the city as a whole.
    emit(findControl(root, '区县，不分区县')?.parentElement, 'change', { value: 1 });
    type(findControl(root, '姓名'), '李四');
    type(findControl(root, '身份证号'), '11010519491231002X');
    tap(findByText(root, '市级经办人员'));
    await settle();
    await press(root, '开通');

    expect(inputsOf(app, 'account.grantRole')).toEqual([
      { name: '李四', idNumber: '11010519491231002X', role: 'clerk', cityCode: '3701', countyCode: '370102' },
    ]);
  });

  test('an institution is given to a county only after a question, by the city', async () => {
    as(CLERK, {
      'training.getInstitution': () => ok(institution),
      'training.listAdministrators': () => page([]),
      'training.setInstitution': () => ok({ ...institution, countyCode: '370102' }),
    });
    const root = await show('institution-detail', { institutionId: 'institution-1' });

    emit(findControl(root, '办理的区县，未选择')?.parentElement, 'change', { value: 0 });
    await settle();
    expect(inputsOf(app, 'training.setInstitution')).toEqual([]);
    await confirm(root, '确定');

    expect(inputsOf(app, 'training.setInstitution')).toEqual([
      { institutionId: 'institution-1', countyCode: '370102' },
    ]);
    expect(root.textContent).toContain('济南市历下区');
  });

  test('a clerk of a county registers institutions there, and gives none away', async () => {
    const ofCounty = { ...institution, countyCode: '370112' };
    as(COUNTY_CLERK, {
      'training.addInstitution': () => ok(ofCounty),
      'training.getInstitution': () => ok(ofCounty),
      'training.listAdministrators': () => page([]),
    });
    const form = await show('institution-form');
    type(findControl(form, '机构名称'), '泉城职业培训学校');
    type(findControl(form, '统一社会信用代码'), '91350100M000100Y43');
    await settle();
    await press(form, '登记');
    expect(inputsOf(app, 'training.addInstitution')).toMatchObject([
      { cityCode: '3701', countyCode: '370112' },
    ]);
    close(mounted);

    const root = await show('institution-detail', { institutionId: 'institution-1' });

    expect(root.textContent).toContain('停用机构');
    expect(root.textContent).not.toContain('办理的区县');
  });

  test('an officer of a county asks lists for the county, and for the templates of the city', async () => {
    const templates = { 'voucher.listTemplates': () => page([aTemplate()]) };
    as(COUNTY_CLERK, { ...templates, 'training.listClasses': () => page([aClass()]) });
    const root = await show('templates');
    expect(inputsOf(app, 'voucher.listTemplates')).toEqual([{ cityCodes: ['3701'] }]);
    expect(root.textContent).not.toContain('新建券模板');
    close(mounted);
    await show('classes');
    expect(inputsOf(app, 'training.listClasses')).toEqual([{ countyCodes: ['370112'] }]);
  });

  test.each([
    ['channel-form', '登记', ['请填写渠道名称', '请填写渠道编号']],
    ['staff-form', '开通', ['请填写姓名', '请填写身份证号', '请选择权限']],
  ])('%s names what is missing and sends nothing', async (name, button, texts) => {
    as(name === 'staff-form' ? PROVINCE : CLERK, {});
    const root = await show(name, { cityCode: '3701' });

    await press(root, button);

    for (const text of texts) expect(root.textContent).toContain(text);
    expect(operationsOf(app)).toEqual([]);
  });
});

describe('券', () => {
  const voucher = {
    id: 'v',
    code: '3701202600000000010',
    status: 'issued',
    issueMode: 'targeted',
    functionMode: 'credit',
    projectId: 'skill_upgrade',
    cityCode: '3701',
    holderName: '张*三',
    issuedAtMs: 0,
    claimUntilMs: Date.now() + 60_000,
    expiresAtMs: Date.now() + 60_000,
    history: [],
  };

  test('the list of a class leads to each voucher', async () => {
    as(CLERK, { 'voucher.listVouchers': () => page([voucher]) });
    const root = await show('vouchers', { classId: 'class-1' });

    tap(findControl(root, '张*三，待领取'));

    expect(inputsOf(app, 'voucher.listVouchers')).toEqual([{ classId: 'class-1' }]);
    expect(app.wx['navigateTo']).toHaveBeenCalledWith({
      url: '/city/voucher-detail/voucher-detail?voucherId=v',
    });
  });

  test('an unused voucher is voided with a reason', async () => {
    as(CLERK, { 'voucher.getVoucher': () => ok(voucher), 'voucher.void': () => ok({}) });
    const root = await show('voucher-detail', { voucherId: 'v' });
    await press(root, '作废这张券');
    type(root.querySelector('[aria-modal="true"] textarea'), '重复');
    await settle();

    await confirm(root, '作废');

    expect(inputsOf(app, 'voucher.void')).toEqual([{ voucherId: 'v', reason: '重复' }]);
  });

  test('people of a 通用券 are listed, and taken off only after a question', async () => {
    as(CLERK, {
      'voucher.getTemplate': () => ok(aTemplateDetail({ issueMode: 'general', rosterCount: 1 })),
      'training.listRoster': () => page([person]),
      'training.removeRosterEntry': () => ok({ entryId: 'entry-1' }),
    });
    const root = await show('recipients', { templateId: 'template-1' });
    await settle();

    await press(root, '移出张*三');
    await confirm(root, '移出');

    expect(inputsOf(app, 'training.removeRosterEntry')).toEqual([{ entryId: 'entry-1' }]);
  });
});

describe('the page of the ministry’s platform', () => {
  const stuck = {
    voucherId: 'v',
    cityCode: '3701',
    code: '',
    status: 'making',
    holderName: '李*',
    className: '焊工一班',
    command: 'order',
    atMs: Date.now() - 3 * 60 * 60 * 1000,
    attempts: 5,
    problem: { kind: 'failed', reason: 'platform_busy' },
  };
  const refusedUse = {
    ...stuck,
    voucherId: 'w',
    code: '3701202600000000010',
    status: 'used',
    holderName: '王*',
    command: 'use',
    problem: { kind: 'refused', reason: 'state_differs', platformCode: '1002' },
  };
  const queue = { codeSource: 'ministry', waiting: 9, oldestAtMs: stuck.atMs, failing: 1, disputed: 1 };
  const answers = {
    'voucher.countUndelivered': () => ok(queue),
    'voucher.listUndelivered': () => page([stuck, refusedUse]),
    'voucher.resend': () => ok({ voucherId: 'v' }),
    'voucher.acceptRefusal': () => ok({ voucherId: 'w', status: 'voided' }),
  };

  test('shows the length and age of the queue, and each message with its reason and age', async () => {
    as(CLERK, answers);

    const text = (await show('platform')).textContent;

    for (const told of ['9张券', '3小时', '试了5次', '部平台忙', '部平台的状态不同（代码 1002）', '焊工一班'])
      expect(text).toContain(told);
  });

  test('sends a message again', async () => {
    as(CLERK, answers);
    const root = await show('platform');

    await press(root, '重发李*的消息');

    expect(inputsOf(app, 'voucher.resend')).toEqual([{ voucherId: 'v' }]);
  });

  test('accepts the platform’s word only after a question', async () => {
    as(CLERK, answers);
    const root = await show('platform');
    expect(findControl(root, '采纳部平台对李*的结论')).toBeNull();

    await press(root, '采纳部平台对王*的结论');
    expect(root.textContent).toContain('王*的券会作废');
    await confirm(root, '采纳');

    expect(inputsOf(app, 'voucher.acceptRefusal')).toEqual([{ voucherId: 'w' }]);
  });

  test('the province sends again and accepts nothing', async () => {
    as(PROVINCE, answers);

    const root = await show('platform');

    expect(findControl(root, '重发王*的消息')).not.toBeNull();
    expect(findControl(root, '采纳部平台对王*的结论')).toBeNull();
  });

  test('says so where this system makes the codes', async () => {
    const own = { codeSource: 'standalone', waiting: 0, failing: 0, disputed: 0 };
    as(CLERK, {
      'voucher.countUndelivered': () => ok(own),
      'voucher.listUndelivered': () => page([]),
    });

    const root = await show('platform');

    expect(root.textContent).toContain('券码由本系统制作');
  });
});

describe('opening a page', () => {
  const address = { classId: 'c', templateId: 't', batchId: 'b', institutionId: 'i', voucherId: 'v' };
  const pages = readAppJson()
    .subpackages.filter(({ root }) => root === 'city')
    .flatMap(subpackage => subpackage.pages);

  test.each(pages)('%s takes two calls at most', async id => {
    as([...CLERK, ...REVIEWER, ...PAYER], {
      'training.getClass': () => ok(aClassDetail({ status: 'approved', issueJobId: 'job-1' })),
      'training.getInstitution': () => ok(institution),
      'voucher.getTemplate': () => ok(aTemplateDetail({ institutionIds: ['i'] })),
      'voucher.getJob': () => ok(job({ refused: 1, refusedByCode: { already_holds_voucher: 1 } })),
      'settlement.getBatch': () => ok(aBatch({ status: 'approved' })),
      'entry.listChannels': () => ok({ channels: [] }),
      'voucher.countUndelivered': () => ok({ codeSource: 'standalone', waiting: 0, failing: 0, disputed: 0 }),
    });
    const lists = [
      'training.listInstitutions',
      'training.listRoster',
      'voucher.listVouchers',
      'voucher.listUndelivered',
    ];
    for (const list of lists) app.cloud[list] = () => page([]);

    mounted = await open(`city/${id}`, address);
    await settle();

    expect(operationsOf(app).length).toBeLessThanOrEqual(2);
  });

  test.each([
    ['clerk', CLERK],
    ['reviewer', REVIEWER],
    ['payer', PAYER],
    ['province', PROVINCE],
    ['person with all roles in two cities', [...OF_TWO_CITIES, ...REVIEWER, ...PAYER]],
  ])('the desk of the %s takes two calls at most', async (_role, grants) => {
    const counts = { 'training.countWaiting': () => page([]), 'settlement.countWaiting': () => page([]) };
    as(grants, counts);

    mounted = await open('pages/desk/desk');
    await settle();

    expect(mounted.root.textContent).toContain('结算批次');
    expect(mounted.root.textContent).toMatch(/截至 \d\d:\d\d/);

    expect(operationsOf(app).length).toBeLessThanOrEqual(2);
  });

  const batchPages = ['city/batch-review/batch-review', 'city/payment/payment'];
  const states = Object.keys(BATCH_STATUS_NAMES) as BatchStatus[];

  test.each(batchPages.flatMap(id => states.map(status => [id, status] as const)))(
    '%s takes two calls at most when the batch is %s',
    async (id, status) => {
      const known = job({ status: status === 'paid' ? 'running' : 'finished' });
      as([...REVIEWER, ...PAYER], {
        'settlement.getBatch': () => ok({ ...aBatch({ status, jobId: 'job-1' }), job: known }),
        'settlement.listItems': () => page([item]),
      });

      mounted = await open(id, address);
      await settle();

      expect(mounted.data()['state']).toBe('ready');
      expect(operationsOf(app).length).toBeLessThanOrEqual(2);
    },
  );
});
