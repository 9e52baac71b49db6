/** @jest-environment jsdom */
import { refusalText } from '../../../miniprogram/text/refusal-text';
import type { MountedPage } from '../../../local/preview/harness/mount-page';
import { findByText, settle, type } from '../../../local/preview/harness/page-actions';
import { fail, ok } from '../../../miniprogram/contract/result';
import type { Grant } from '../../../miniprogram/contract/roles';
import { BATCH_STATUS_NAMES, type BatchStatus } from '../../../miniprogram/contract/settlement';
import type { InstitutionId } from '../../../miniprogram/contract/ids';
import { session } from '../../../miniprogram/session/session';
import { failureText } from '../../../miniprogram/view/failure';
import { aBatch, aTemplate } from '../../view/city/samples';
import { ACCOUNT, addToPhone, findControl, open, operationsOf, page, startAppAs, type App } from '../app';
import { branded } from '../../support/branded';

const ADMINISTRATOR = branded<Grant>({ role: 'administrator', cityCode: '3701', institutionId: 'i1' });
const INSTITUTION = { id: 'i1', name: '泉城学校', uscc: 'x', cityCode: '3701', active: true };
const CLASS = {
  id: 'c1',
  templateId: 't1',
  name: '电工班',
  place: '经十路1号',
  startsOn: '2026-11-24',
  endsOn: '2026-11-25',
  hours: 40,
  status: 'draft',
  projectId: 'skill_upgrade',
  cityCode: '3701',
  institutionId: 'i1',
  institutionName: '泉城学校',
  amountFen: 120_000,
  template: aTemplate(),
  rosterCount: 1,
  voucherCounts: {},
};

let app: App;
let mounted: MountedPage;
let inputs: Record<string, unknown>[];
let scanCode: jest.Mock;

beforeEach(() => {
  app = startAppAs([ADMINISTRATOR]);
  inputs = [];
  scanCode = jest.fn();
  addToPhone({ scanCode });
});

const show = async (id: string, query?: Record<string, string>): Promise<Element> => {
  mounted = await open(id, query);
  await settle();
  return mounted.root;
};

const tap = async (name: string): Promise<void> => {
  // TDesign's boxes to tick are named by what stands in them.
  const control = findControl(mounted.root, name) ?? findByText(mounted.root, name);
  if (!control) throw new Error(`no control ${name}`);
  control.click();
  await settle();
};

const keep = (input: Record<string, unknown>): void => void inputs.push(input);

describe('扫码', () => {
  test('somebody without the role is told so and gets no button', async () => {
    session.set({ state: 'signed_in', account: ACCOUNT });
    const root = await show('pages/scan/scan');

    expect(root.textContent).toContain('没有培训机构管理员的权限');
    expect(findControl(root, '扫一扫，核验学员的二维码')).toBeNull();
  });

  test('the button works though the count cannot be had', async () => {
    app.cloud = {
      'training.listInstitutions': () => page([INSTITUTION]),
      'verification.countToday': () => fail('institution_not_found'),
    };
    scanCode.mockResolvedValue({ result: 'SDV1.a b' });
    const root = await show('pages/scan/scan');

    expect(root.textContent).toContain('泉城学校');
    await tap('扫一扫，核验学员的二维码');

    expect(app.wx['navigateTo']).toHaveBeenCalledWith({
      url: '/institution/scan-result/scan-result?qr=SDV1.a%20b',
    });
  });

  test('what a foreign code says goes into no address, only what it looks like', async () => {
    app.cloud = {
      'training.listInstitutions': () => page([INSTITUTION]),
      'verification.countToday': () => ok({ acceptedCount: 0 }),
    };
    scanCode.mockResolvedValue({ result: 'BEGIN:VCARD N:张三 TEL:13800000000' });
    await show('pages/scan/scan');

    await tap('扫一扫，核验学员的二维码');

    expect(app.wx['navigateTo']).toHaveBeenCalledWith({
      url: `/institution/scan-result/scan-result?foreign=${encodeURIComponent('一张电子名片')}`,
    });
  });

  test('a scanner that was closed is no failure, a phone without camera is told what to do', async () => {
    app.cloud = {
      'training.listInstitutions': () => page([INSTITUTION]),
      'verification.countToday': () => ok({ acceptedCount: 3 }),
    };
    scanCode.mockRejectedValueOnce({ errMsg: 'scanCode:fail cancel' });
    scanCode.mockRejectedValueOnce({ errMsg: 'scanCode:fail auth deny' });
    const root = await show('pages/scan/scan');

    await tap('扫一扫，核验学员的二维码');
    expect(root.textContent).not.toContain('没有打开相机');
    await tap('扫一扫，核验学员的二维码');
    expect(root.textContent).toContain('没有打开相机');
  });
});

describe('班期', () => {
  test('a draft without people leads to the import', async () => {
    app.cloud = {
      'training.getClass': () => ok({ ...CLASS, rosterCount: 0 }),
    };
    await show('institution/class-detail/class-detail', { id: 'c1' });

    await tap('导入名册');

    expect(app.wx['navigateTo']).toHaveBeenCalledWith({
      url: '/institution/roster-import/roster-import?id=c1',
    });
  });

  describe('the note for the reviewing clerk', () => {
    const NAME = '给审核人员的备注';
    const field = () => mounted.root.querySelector(`[aria-label="${NAME}"]`);

    test('is saved as one line, and may be changed until the class has passed', async () => {
      app.cloud = {
        'training.getClass': () => ok({ ...CLASS, status: 'submitted', note: '晚上上课' }),
        'training.noteClass': input => {
          keep(input);
          return ok({ ...CLASS, status: 'submitted', note: input['note'] });
        },
      };
      const root = await show('institution/class-detail/class-detail', { id: 'c1' });
      expect(mounted.data()['form']).toEqual({ note: '晚上上课' });
      expect(findControl(root, '保存备注')).toBeNull();

      type(field(), ' 改为\n下午上课 ');
      await settle();
      await tap('保存备注');

      expect(inputs).toEqual([{ classId: 'c1', note: '改为 下午上课' }]);
      expect(mounted.data()['form']).toEqual({ note: '改为 下午上课' });
      expect(findControl(root, '保存备注')).toBeNull();
      expect(root.textContent).toContain('备注已保存');
    });

    test('stays in the field when it was not saved, and when the page is shown again', async () => {
      app.cloud = {
        'training.getClass': () => ok(CLASS),
        'training.noteClass': () => fail('class_not_editable'),
      };
      const root = await show('institution/class-detail/class-detail', { id: 'c1' });

      type(field(), '下午上课');
      await settle();
      await tap('保存备注');
      await (mounted.page as unknown as { load(): Promise<void> }).load();
      await settle();

      expect(mounted.data()['form']).toEqual({ note: '下午上课' });
      expect(root.textContent).not.toContain('备注已保存');
    });

    test('is only shown once the class has passed', async () => {
      app.cloud = { 'training.getClass': () => ok({ ...CLASS, status: 'approved', note: '晚上上课' }) };
      const root = await show('institution/class-detail/class-detail', { id: 'c1' });

      expect(field()).toBeNull();
      expect(root.textContent).toContain('晚上上课');
    });
  });

  test('a finished class leads to the settlement batches', async () => {
    app.cloud = {
      'training.getClass': () => ok({ ...CLASS, status: 'finished' }),
    };
    await show('institution/class-detail/class-detail', { id: 'c1' });

    await tap('申请补贴');

    expect(app.wx['navigateTo']).toHaveBeenCalledWith({ url: '/institution/batches/batches' });
  });

  test('submitting asks first; a refusal is shown in the sheet', async () => {
    app.cloud = {
      'training.getClass': () => ok(CLASS),
      'training.submitClass': () => fail('class_roster_empty'),
    };
    const root = await show('institution/class-detail/class-detail', { id: 'c1' });

    await tap('提交审核');
    expect(operationsOf(app)).not.toContain('training.submitClass');
    await tap('确认提交');

    expect(root.textContent).toContain(refusalText({ code: 'class_roster_empty' }));
  });
});

test.each(['class-detail', 'class-form', 'class-vouchers', 'roster', 'roster-import'])(
  'opening %s of a class takes two calls at most',
  async name => {
    app.cloud = {
      'training.getClass': () => ok(CLASS),
      'training.listRoster': () => page([]),
      'voucher.listVouchers': () => page([]),
    };

    await show(`institution/${name}/${name}`, { id: 'c1' });

    expect(operationsOf(app).length).toBeLessThanOrEqual(2);
    expect(mounted.data()['state']).not.toBe('failed');
  },
);

describe('列表', () => {
  const voucher = { id: 'v1', code: '3701', holderName: '张*三', status: 'claimed', expiresAtMs: 1 };

  test('vouchers of a class are asked for by its id, its filter and the cursor', async () => {
    app.cloud['voucher.listVouchers'] = input => {
      keep(input);
      const isLast = input['status'] === undefined || input['cursor'] !== undefined;
      return page([{ ...voucher, id: `v${inputs.length}` }], isLast ? undefined : 'next');
    };
    const root = await show('institution/class-vouchers/class-vouchers', { id: 'c%201' });

    await tap('已领取');
    await tap('查看更多');

    expect(inputs).toEqual([
      { classId: 'c 1' },
      { classId: 'c 1', status: 'claimed' },
      { classId: 'c 1', status: 'claimed', cursor: 'next' },
    ]);
    expect(root.textContent).not.toContain('查看更多');
  });

  test('a scan that was taken back cannot be taken back again', async () => {
    const scan = { id: 's1', voucherId: 'v1', atMs: Date.now(), outcome: 'accepted', holderName: '张*三' };
    const reversed = { reversedAtMs: Date.now() };
    let isReversed = false;
    app.cloud = {
      'training.listClasses': () => page([CLASS]),
      'verification.listVerifications': input => {
        keep(input);
        return page([{ ...scan, ...(isReversed && reversed) }]);
      },
      'verification.reverse': () => {
        isReversed = true;
        return ok({});
      },
    };
    addToPhone({ showToast: jest.fn() });
    const root = await show('institution/verifications/verifications', { class: 'c1' });

    await tap('撤销张*三的核验');
    type(root.querySelector('[aria-modal="true"] textarea'), '扫错了');
    await settle();
    const sheet = root.querySelector('[aria-modal="true"]');
    if (sheet) findControl(sheet, '撤销核验')?.click();
    await settle();

    expect(inputs[0]).toEqual({ institutionId: 'i1', classId: 'c1' });
    expect(root.textContent).toContain('已撤销');
    expect(findControl(root, '撤销张*三的核验')).toBeNull();
  });
});

test('a class without anything typed is not sent; what is missing is counted above the button', async () => {
  app.cloud = { 'voucher.listTemplates': () => page([aTemplate()]) };
  const { pageScrollTo } = addToPhone({ pageScrollTo: jest.fn() });
  const root = await show('institution/class-form/class-form');

  await tap('保存');

  expect(root.textContent).toContain('有 6 处要改，已标红');
  expect(pageScrollTo).toHaveBeenCalledWith(expect.objectContaining({ selector: '#field-templateId' }));
  expect(operationsOf(app)).not.toContain('training.createClass');
});

test('after a file that could not be sent, opening an empty roster tells of no step', async () => {
  addToPhone({
    chooseMessageFile: () => Promise.resolve({ tempFiles: [{ path: 'tmp', name: '名册.csv', size: 9 }] }),
    downloadFile: jest.fn(),
  });
  app.cloud = {
    'training.startUpload': () =>
      ok({ cloudPath: 'imports/roster/0f', fileId: 'cloud://e.b/imports/roster/0f' }),
    'training.getRosterForm': () => ok({ fileUrl: 'http://127.0.0.1/form.xlsx' }),
  };
  const root = await show('institution/roster-import/roster-import', { id: 'c1' });
  const picker = [...root.querySelectorAll<HTMLElement>('[role="button"]')].find(node =>
    node.getAttribute('aria-label')?.startsWith('选择名册文件'),
  );
  picker?.click();
  await settle();
  expect(root.textContent).toContain(failureText({ code: 'file_not_sent' }));

  await tap('打开空白名册');

  expect(operationsOf(app)).toContain('training.getRosterForm');
  expect(root.textContent).not.toContain('共 3 步');
});

describe('a long list', () => {
  const PAGE_SIZE = 20;
  const scansFrom = (first: number) =>
    Array.from({ length: PAGE_SIZE }, (_, at) => ({
      id: `s${first + at}`,
      atMs: Date.now(),
      outcome: 'accepted',
      holderName: `学员${first + at}号`,
    }));

  /** As much as any row may show. */
  const row = (at: number) => ({
    ...{ id: `r${at}`, voucherId: `v${at}`, code: '3701202600000000010', holderName: '张*三', name: '张*三' },
    ...{ usedAtMs: Date.now(), atMs: Date.now(), addedAtMs: 0, claimUntilMs: 0, expiresAtMs: 0 },
    ...{
      outcome: 'accepted',
      className: '数控车工班',
      amountFen: 120_000,
      status: 'used',
      idNumber: '3701**',
    },
  });
  const rows = ({ cursor = '0' }: Record<string, unknown>) =>
    page(
      Array.from({ length: PAGE_SIZE }, (_, at) => row(Number(cursor) + at)),
      String(Number(cursor) + PAGE_SIZE),
    );

  test.each([
    'institution/batch-pick/batch-pick',
    'institution/batch-detail/batch-detail',
    'institution/verifications/verifications',
    'institution/class-vouchers/class-vouchers',
    'institution/roster/roster',
  ])('%s stays below 800 nodes when it is full', async id => {
    app.cloud = {
      'settlement.getBatch': () => ok({ ...aBatch({ status: 'draft', count: 99 }), institutionId: 'i1' }),
      'training.listClasses': () => page([{ ...CLASS, status: 'running' }]),
      'training.getClass': () => ok(CLASS),
      'voucher.listVouchers': rows,
      'verification.listVerifications': rows,
      'settlement.listItems': rows,
      'training.listRoster': rows,
    };
    const root = await show(id, { id: 'x' });

    for (let grown = 0; grown < 2; grown++) await tap('查看更多');

    expect(findControl(root, '看后面的')).not.toBeNull();
    expect(root.querySelectorAll('*').length).toBeLessThan(800);
  });

  test('shows sixty rows at most: what follows takes their place, and pulled down it begins anew', async () => {
    app.cloud = {
      'training.listClasses': () => page([CLASS]),
      'verification.listVerifications': ({ cursor = '0' }) =>
        page(scansFrom(Number(cursor)), String(Number(cursor) + PAGE_SIZE)),
    };
    const { pageScrollTo } = addToPhone({ pageScrollTo: jest.fn() });
    const root = await show('institution/verifications/verifications');
    for (let grown = 0; grown < 2; grown++) await tap('查看更多');
    expect(root.textContent).toContain('学员0号');
    expect(root.textContent).toContain('学员59号');

    await tap('看后面的');

    expect(root.textContent).not.toContain('学员59号');
    expect(root.textContent).toContain('学员60号');
    expect(pageScrollTo).toHaveBeenCalledWith(expect.objectContaining({ scrollTop: 0 }));
    await (mounted.page as unknown as { onPullDownRefresh(): Promise<void> }).onPullDownRefresh();
    await settle();
    expect(root.textContent).toContain('学员0号');
    expect(root.textContent).not.toContain('学员60号');
  });
});

describe('班期', () => {
  test('the desk asks for the classes once when it opens, and for names unless it knows them', async () => {
    app.cloud = {
      'training.listClasses': () => page([CLASS]),
      'training.listInstitutions': () => page([INSTITUTION]),
    };
    const root = await show('pages/desk/desk');

    expect(root.textContent).toMatch(/截至 \d\d:\d\d/);
    expect(operationsOf(app).filter(name => name !== 'training.listInstitutions')).toEqual([
      'training.listClasses',
    ]);
    expect(operationsOf(app).length).toBeLessThanOrEqual(2);
  });

  test('a new class names the city of its templates', async () => {
    app.cloud = { 'voucher.listTemplates': () => page([aTemplate()]) };
    await show('institution/class-form/class-form');

    expect(app.calls).toEqual([
      { operation: 'voucher.listTemplates', input: { cityCodes: ['3701'], status: 'published' } },
    ]);
  });
});

describe('申请补贴', () => {
  test('picked vouchers are added and their job is followed', async () => {
    const voucher = { id: 'v1', code: '3701', holderName: '张*三', usedAtMs: 1_795_000_000_000 };
    app.cloud = {
      'settlement.getBatch': () => ok({ institutionId: 'i1', projectId: 'skill_upgrade' }),
      'training.listClasses': () => page([{ ...CLASS, status: 'running' }]),
      'voucher.listVouchers': () => page([voucher, { ...voucher, id: 'v2' }]),
      'settlement.addVouchers': input => {
        keep(input);
        return ok({ id: 'j1' });
      },
    };
    const root = await show('institution/batch-pick/batch-pick', { id: 'b1' });

    expect(findControl(root, '请先勾选')).not.toBeNull();
    await tap('全选已列出的');
    await tap('加入2张');

    expect(inputs).toEqual([{ batchId: 'b1', voucherIds: ['v1', 'v2'] }]);
    expect(app.wx['redirectTo']).toHaveBeenCalledWith({ url: '/institution/batch-job/batch-job?job=j1' });
  });

  test.each(Object.keys(BATCH_STATUS_NAMES) as BatchStatus[])(
    'a batch that is %s opens with two calls, whatever became of its job',
    async status => {
      const job = { id: 'j1', kind: 'settle', total: 4, done: 1, refused: 0, refusedByCode: {} };
      app.cloud = {
        'settlement.getBatch': () =>
          ok({ ...aBatch({ status, jobId: 'j1' }), job: { ...job, status: 'failed', startedAtMs: 1 } }),
        'settlement.listItems': () => page([]),
      };
      const root = await show('institution/batch-detail/batch-detail', { id: 'b1' });

      expect(root.textContent).toContain('已办成1，未办成0，共4');
      expect(operationsOf(app)).toEqual(['settlement.getBatch', 'settlement.listItems']);
    },
  );

  test('a finished import lists what was refused and why', async () => {
    app.cloud = {
      'settlement.getJob': () =>
        ok({
          id: 'j1',
          kind: 'import_codes',
          status: 'finished',
          total: 2,
          done: 1,
          refused: 1,
          refusedByCode: { voucher_not_used: 1 },
          startedAtMs: 1,
        }),
      'settlement.listJobRefusals': () => page([{ row: 3, code: 'voucher_not_used' }]),
    };
    const root = await show('institution/batch-job/batch-job', { job: 'j1' });

    expect(root.textContent).toContain('已办成1，未办成1，共2');
    expect(root.textContent).toContain('第 3 行：这张券还没有核验');
  });
});

describe('an institution that is suspended', () => {
  const suspended = [
    {
      institutionId: branded<InstitutionId>('i1'),
      name: '泉城职业培训学校',
      sinceMs: Date.UTC(2026, 10, 24, 2),
      reason: '年审材料没有交齐',
    },
  ];

  test('is told of on the desk, with the reason', async () => {
    app.cloud = {};
    session.set({ state: 'signed_in', account: { ...ACCOUNT, grants: [], suspended } });

    const root = await show('pages/desk/desk');

    expect(root.textContent).toContain('已停用');
    expect(root.textContent).toContain('2026年11月24日 10:00起停用');
    expect(root.textContent).toContain('停用原因：年审材料没有交齐');
    expect(root.textContent).not.toContain('没有可办的业务');
    expect(operationsOf(app)).toEqual([]);
  });

  test('is told of where a page is open meanwhile, and the roles are asked for anew', async () => {
    app.cloud = {
      'training.getClass': () =>
        fail('institution_suspended', { institutionName: '泉城职业培训学校', reason: '年审材料没有交齐' }),
      'account.getAccount': () => ok({ ...ACCOUNT, grants: [], suspended }),
    };
    const root = await show('institution/class-detail/class-detail', { id: 'c1' });
    await settle();

    expect(root.textContent).toContain('停用原因：年审材料没有交齐');
    expect(operationsOf(app)).toContain('account.getAccount');
    expect(session.value.account?.suspended).toEqual(suspended);
  });

  test('reads on the desk when it is active again, and why', async () => {
    const standing = { sinceMs: Date.now() - 1_000, reason: '材料已补齐' };
    app.cloud = {
      'training.listClasses': () => page([CLASS]),
      'training.listInstitutions': () => page([{ ...INSTITUTION, standing }]),
    };
    session.set({ state: 'signed_in', account: { ...ACCOUNT, grants: [], suspended } });
    session.set({ state: 'signed_in', account: { ...ACCOUNT, grants: [ADMINISTRATOR] } });

    const root = await show('pages/desk/desk');

    expect(root.textContent).toContain('恢复启用，原因：材料已补齐');
  });
});
