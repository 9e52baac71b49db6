/** @jest-environment jsdom */
import type { MountedPage } from '../../../local/preview/harness/mount-page';
import { emit, settle, tap, type } from '../../../local/preview/harness/page-actions';
import type { Grant } from '../../../miniprogram/contract/roles';
import { fail, ok } from '../../../miniprogram/contract/result';
import { refusalText } from '../../../miniprogram/text/refusal-text';
import { anEntry, anEntryRow } from '../../view/city/entry-samples';
import { CLERK, PAYER, PROVINCE, REVIEWER } from '../../view/city/samples';
import { addToPhone, close, findControl, inputsOf, open, operationsOf, startAppAs, type App } from '../app';

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

const press = async (root: Element, name: string): Promise<void> => {
  tap(findControl(root, name));
  await settle();
};

const confirm = async (root: Element, name: string): Promise<void> => {
  const sheets = [...root.querySelectorAll('[aria-modal="true"]')];
  tap(sheets.map(sheet => findControl(sheet, name)).find(button => button !== null));
  await settle();
};

const fill = async (root: Element, label: string, text: string): Promise<void> => {
  type(findControl(root, label), text);
  await settle();
};

const OF_ENTRY = { applicationId: 'entry-1' };
const entries = (items: unknown[]) => ok({ items, deadlineOn: '2026-08-16' });

describe('the list', () => {
  it('shows the applications with the deadline; the clerk may begin one', async () => {
    as(CLERK, { 'entry.listApplications': () => entries([anEntryRow({ status: 'submitted' })]) });
    const root = await show('entries');

    expect(root.textContent).toContain('2026年8月16日');
    expect(root.textContent).toContain('待市级盖章');
    expect(inputsOf(app, 'entry.listApplications')).toEqual([{ cityCodes: ['3701'] }]);
    await press(root, '填写入网申请');
    expect(app.wx['navigateTo']).toHaveBeenCalledWith({ url: '/city/entry-form/entry-form' });
  });

  it('says that there is none, of a state or at all, and why it cannot be loaded', async () => {
    as(PAYER, { 'entry.listApplications': () => entries([]) });
    const root = await show('entries');
    expect(mounted.data()['state']).toBe('empty');
    expect(root.textContent).toContain('2026年8月16日');
    close(mounted);

    const filtered = await show('entries', { status: 'sent' });
    expect(inputsOf(app, 'entry.listApplications').at(-1)).toMatchObject({ status: 'sent' });
    expect(filtered.textContent).toContain('没有这一类的入网申请');
    close(mounted);

    app.cloud['entry.listApplications'] = () => fail('role_not_allowed');
    const failed = await show('entries');
    expect(mounted.data()['state']).toBe('failed');
    app.cloud['entry.listApplications'] = () => entries([anEntryRow()]);
    await press(failed, '重新加载');
    expect(mounted.data()['state']).toBe('ready');
  });

  it('lets the province, and nobody else, move the deadline, after asking', async () => {
    as(PROVINCE, {
      'entry.listApplications': () => entries([anEntryRow()]),
      'entry.setDeadline': ({ deadlineOn }) => ok({ deadlineOn }),
    });
    const root = await show('entries');
    emit(findControl(root, '报送截止日期，2026-08-16')?.parentElement, 'change', { value: '2026-09-30' });
    await settle();
    expect(inputsOf(app, 'entry.setDeadline')).toEqual([]);
    await confirm(root, '修改');

    expect(inputsOf(app, 'entry.setDeadline')).toEqual([{ deadlineOn: '2026-09-30' }]);
    expect(mounted.data()['deadline']).toMatchObject({ day: '2026-09-30' });
  });
});

describe('the form', () => {
  const saved = { 'entry.saveApplication': () => ok(anEntry({ revision: 4 })) };

  it('keeps a new application as soon as a part of the form is left, on the revision that was saved last', async () => {
    as(CLERK, saved);
    const root = await show('entry-form');
    await fill(root, '申请单位名称', '济南市人社局');
    await fill(root, '申请单位统一社会信用代码', '1');
    expect(operationsOf(app)).not.toContain('entry.saveApplication');

    await fill(root, '渠道名称', '人社服务号');
    const [first] = inputsOf(app, 'entry.saveApplication');
    expect(first).toMatchObject({ cityCode: '3701', applicantName: '济南市人社局', applicantUscc: '1' });
    expect(first).toHaveProperty('filledOn');
    expect(root.textContent).toContain('已保存');

    await fill(root, '渠道编号', '3701000001');
    await press(root, '保存');
    expect(inputsOf(app, 'entry.saveApplication').at(-1)).toEqual({
      applicationId: 'entry-1',
      revision: 4,
      channelNumber: '3701000001',
    });
  });

  it('begins nothing when somebody only looks at it', async () => {
    as(CLERK, saved);
    await show('entry-form');
    close(mounted);
    await settle();

    expect(operationsOf(app)).not.toContain('entry.saveApplication');
  });

  it('sends what was typed when it is left without a button', async () => {
    as(CLERK, saved);
    const root = await show('entry-form');
    await fill(root, '申请单位名称', '济南市人社局');
    close(mounted);
    await settle();

    expect(inputsOf(app, 'entry.saveApplication')).toMatchObject([{ applicantName: '济南市人社局' }]);
  });

  it('keeps what was typed when it cannot be saved, and saves it with the next try', async () => {
    as(CLERK, {
      'entry.getApplication': () => ok(anEntry()),
      'entry.saveApplication': () => fail('service_busy'),
    });
    const root = await show('entry-form', OF_ENTRY);
    await fill(root, '渠道名称', '新渠道');
    const pressed = press(root, '保存');
    await settle(10_000);
    await pressed;
    expect(mounted.data()).toMatchObject({ form: { channelName: '新渠道' } });
    expect(root.textContent).toContain(refusalText({ code: 'service_busy' }));

    Object.assign(app.cloud, saved);
    await press(root, '保存');
    expect(inputsOf(app, 'entry.saveApplication').at(-1)).toEqual({
      ...OF_ENTRY,
      revision: 3,
      channelName: '新渠道',
    });
  });

  it('shows what somebody else has saved meanwhile, beside what was typed here', async () => {
    as(CLERK, {
      'entry.getApplication': () => ok(anEntry()),
      'entry.saveApplication': () => fail('entry_changed'),
    });
    const root = await show('entry-form', OF_ENTRY);
    await fill(root, '渠道名称', '我的渠道');
    app.cloud['entry.getApplication'] = () =>
      ok(anEntry({ revision: 9, channelName: '别人的渠道', applicantName: '别人的单位' }));
    await press(root, '保存');

    expect(mounted.data()).toMatchObject({ form: { channelName: '我的渠道', applicantName: '别人的单位' } });
    expect(root.textContent).toContain(refusalText({ code: 'entry_changed' }));
    Object.assign(app.cloud, saved);
    await press(root, '保存');
    expect(inputsOf(app, 'entry.saveApplication').at(-1)).toEqual({
      ...OF_ENTRY,
      revision: 9,
      channelName: '我的渠道',
    });
  });

  it('never shows again what a person typed about people, but says that it is there', async () => {
    as(CLERK, { 'entry.getApplication': () => ok(anEntry()) });
    const root = await show('entry-form', OF_ENTRY);

    expect(mounted.data()).toMatchObject({ form: { contactName: '', contactPhone: '', contactEmail: '' } });
    expect(root.textContent).toContain('已填 138****0001，要改再填');
    expect(root.textContent).toContain('历下区 · s****');
  });

  it('ticks boxes in the order of the form', async () => {
    as(CLERK, { 'entry.getApplication': () => ok(anEntry()), ...saved });
    await show('entry-form', OF_ENTRY);
    for (const [name, id, checked] of [
      ['interfaces', 'addTrainees', true],
      ['interfaces', 'scanVoucher', false],
      ['issueModes', 'general', true],
    ] as const)
      callHandler('onBoxPick', { name, id, checked });
    await settle();

    expect(mounted.data()).toMatchObject({
      form: { interfaces: ['addTrainees', 'settleVouchers'], issueModes: ['general', 'targeted'] },
    });
  });

  it('is handed in only when nothing is wrong with it, and says where something is', async () => {
    const faults = [
      { field: 'channelName' as const, code: 'entry_field_missing' as const },
      { field: 'phone' as const, rowKey: 'b', code: 'entry_field_missing' as const },
    ];
    as(CLERK, {
      'entry.getApplication': () => ok(anEntry({ faults })),
      'entry.submitApplication': () => ok(anEntry({ status: 'submitted' })),
    });
    const root = await show('entry-form', OF_ENTRY);
    expect(mounted.data()['errors']).toEqual({});
    await press(root, '提交');
    expect(mounted.data()).toMatchObject({
      errors: { channelName: refusalText({ code: 'entry_field_missing' }) },
    });
    expect(root.textContent).toContain('有 2 处要补充或改正');
    expect(root.textContent).toContain('有 1 处要补充或改正');
    expect(operationsOf(app)).not.toContain('entry.submitApplication');
    close(mounted);

    app.cloud['entry.getApplication'] = () => ok(anEntry());
    const complete = await show('entry-form', OF_ENTRY);
    await press(complete, '提交');
    await confirm(complete, '提交');
    expect(inputsOf(app, 'entry.submitApplication')).toEqual([OF_ENTRY]);
    expect(app.wx['redirectTo']).toHaveBeenCalledWith({
      url: '/city/entry-detail/entry-detail?applicationId=entry-1',
    });
  });

  it('saves before an account row is opened, which a new application needs', async () => {
    as(CLERK, saved);
    const root = await show('entry-form');
    await press(root, '添加账号');

    expect(operationsOf(app)).toContain('entry.saveApplication');
    expect(app.wx['navigateTo']).toHaveBeenCalledWith({
      url: '/city/entry-account/entry-account?applicationId=entry-1',
    });
  });

  it('is not handed in with nothing filled in', async () => {
    const faults = [{ field: 'applicantName' as const, code: 'entry_field_missing' as const }];
    as(CLERK, { 'entry.saveApplication': () => ok(anEntry({ faults })) });
    const root = await show('entry-form');
    await press(root, '提交');

    expect(mounted.data()).toMatchObject({ asking: '', errors: { applicantName: expect.any(String) } });
  });

  it('is for nobody who is no clerk', async () => {
    as(PROVINCE, {});
    await show('entry-form');

    expect(mounted.data()['state']).toBe('empty');
  });
});

const callHandler = (name: string, detail: unknown): void => {
  const handler = (mounted.page as unknown as Record<string, (event: unknown) => void>)[name];
  handler?.call(mounted.page, { detail, currentTarget: { dataset: {} } });
};

describe('an account row', () => {
  const entry = { 'entry.getApplication': () => ok(anEntry()) };
  const saves = { 'entry.saveApplication': () => ok(anEntry({ revision: 4 })) };
  const query = { ...OF_ENTRY, rowKey: 'a' };

  it('suggests how a name is spelled once the typing has paused, and leaves alone what was spelled by hand', async () => {
    as(CLERK, { ...entry, 'documents.suggestPinyin': () => ok({ namePinyin: 'shanxiongxin' }) });
    const root = await show('entry-account', OF_ENTRY);
    await fill(root, '姓名', '单');
    await fill(root, '姓名', '单雄信');
    await settle(1_000);
    expect(inputsOf(app, 'documents.suggestPinyin')).toEqual([{ name: '单雄信' }]);
    expect(mounted.data()).toMatchObject({ form: { namePinyin: 'shanxiongxin' } });
    expect(root.textContent).toContain('多音字请核对');

    await fill(root, '姓名全拼', 'danxiongxin');
    await fill(root, '姓名', '单雄');
    await settle(1_000);
    expect(mounted.data()).toMatchObject({ form: { namePinyin: 'danxiongxin' } });
  });

  it('sends of itself what was typed anew, of the others their keys', async () => {
    as(CLERK, { ...entry, ...saves });
    const root = await show('entry-account', query);
    expect(mounted.data()).toMatchObject({ form: { countyCode: '370102', name: '', idNumber: '' } });
    expect(root.textContent).toContain('已填 139****5678，要改再填');
    await fill(root, '手机号', '13800138000');
    await press(root, '保存');

    expect(inputsOf(app, 'entry.saveApplication')).toEqual([
      { ...OF_ENTRY, revision: 3, adminAccounts: [{ rowKey: 'a', phone: '13800138000' }, { rowKey: 'b' }] },
    ]);
    expect(app.wx['navigateBack']).toHaveBeenCalled();
  });

  it('stays, and says why, when what was saved cannot be right', async () => {
    const faults = [{ field: 'idNumber' as const, rowKey: 'a', code: 'id_number_invalid' as const }];
    as(CLERK, { ...entry, 'entry.saveApplication': () => ok(anEntry({ revision: 4, faults })) });
    const root = await show('entry-account', query);
    await fill(root, '身份证号', '110105194912310021');
    await press(root, '保存');

    expect(root.textContent).toContain(refusalText({ code: 'id_number_invalid' }));
    expect(app.wx['navigateBack']).not.toHaveBeenCalled();
  });

  it('is saved upon what somebody else has saved meanwhile', async () => {
    as(CLERK, { ...entry });
    let tries = 0;
    app.cloud['entry.saveApplication'] = () => (tries++ === 0 ? fail('entry_changed') : ok(anEntry()));
    const root = await show('entry-account', query);
    app.cloud['entry.getApplication'] = () => ok(anEntry({ revision: 8 }));
    await fill(root, '手机号', '13800138000');
    await press(root, '保存');

    expect(inputsOf(app, 'entry.saveApplication').map(({ revision }) => revision)).toEqual([3, 8]);
    expect(app.wx['navigateBack']).toHaveBeenCalled();
  });

  it('is removed after asking', async () => {
    as(CLERK, { ...entry, ...saves });
    const root = await show('entry-account', query);
    await press(root, '删除');
    await confirm(root, '删除');

    expect(inputsOf(app, 'entry.saveApplication')).toMatchObject([{ adminAccounts: [{ rowKey: 'b' }] }]);
  });
});

describe('the steps of an application', () => {
  const of = (given: Parameters<typeof anEntry>[0]) => ({ 'entry.getApplication': () => ok(anEntry(given)) });

  it('leads each person to what they may do', async () => {
    for (const [status, grants, button, url] of [
      ['draft', CLERK, '继续填写', '/city/entry-form/entry-form?applicationId=entry-1'],
      [
        'submitted',
        REVIEWER,
        '登记盖章',
        '/city/entry-seal/entry-seal?applicationId=entry-1&block=cityHrssIt',
      ],
      [
        'citySealed',
        PROVINCE,
        '登记盖章',
        '/city/entry-seal/entry-seal?applicationId=entry-1&block=provinceHrssIt',
      ],
    ] as const) {
      as([...grants], of({ status }));
      const root = await show('entry-detail', OF_ENTRY);
      await press(root, button);
      expect(app.wx['navigateTo']).toHaveBeenCalledWith({ url });
      close(mounted);
    }
    as(PAYER, of({ status: 'submitted' }));
    const root = await show('entry-detail', OF_ENTRY);
    expect(findControl(root, '登记盖章')).toBeNull();
    expect(findControl(root, '退回')).toBeNull();
  });

  it('is sent and returned after asking, with a reason', async () => {
    as(PROVINCE, {
      ...of({ status: 'provinceSealed' }),
      'entry.sendApplication': () => ok(anEntry({ status: 'sent' })),
      'entry.returnApplication': () => ok(anEntry({ status: 'returned', returnReason: '渠道不符' })),
    });
    const root = await show('entry-detail', OF_ENTRY);
    await press(root, '报送人社部');
    await confirm(root, '已报送，登记');
    expect(inputsOf(app, 'entry.sendApplication')).toEqual([OF_ENTRY]);
    expect(root.textContent).toContain('已报送');

    await press(root, '退回');
    await confirm(root, '退回');
    expect(operationsOf(app)).not.toContain('entry.returnApplication');
    await fill(root, '退回原因', '渠道不符');
    await confirm(root, '退回');
    expect(inputsOf(app, 'entry.returnApplication')).toEqual([{ ...OF_ENTRY, reason: '渠道不符' }]);
    expect(root.textContent).toContain('退回原因：渠道不符');
  });

  it('says in its sheet why a step was refused', async () => {
    as(PROVINCE, {
      ...of({ status: 'provinceSealed' }),
      'entry.sendApplication': () => fail('entry_same_person'),
    });
    const root = await show('entry-detail', OF_ENTRY);
    await press(root, '报送人社部');
    await confirm(root, '已报送，登记');

    expect(root.textContent).toContain(refusalText({ code: 'entry_same_person' }));
  });

  it('follows the job of the approval and shows what it has done', async () => {
    const job = {
      id: 'job-1',
      kind: 'open_entry',
      total: 2,
      done: 1,
      refused: 0,
      refusedByCode: {},
      startedAtMs: 0,
    };
    as(PROVINCE, {
      ...of({ status: 'approved', approvalJobId: 'job-1' }),
      'entry.getJob': () => ok({ ...job, status: 'running' }),
    });
    const root = await show('entry-detail', OF_ENTRY);
    expect(root.textContent).toContain('开通入网');
    expect(root.textContent).toContain('已办成1，未办成0，共2');

    app.cloud['entry.getJob'] = () => ok({ ...job, status: 'finished', done: 2 });
    await settle(3_000);
    expect(inputsOf(app, 'entry.getApplication')).toHaveLength(2);
  });

  it('opens a scan only after saying that it is noted, a picture as a picture', async () => {
    const seal = {
      contactName: '李*章',
      contactPhone: '138****1111',
      sealedOn: '2026-08-10',
      recordedAtMs: 0,
    };
    as(PROVINCE, {
      ...of({ status: 'citySealed', seals: { cityHrssIt: seal } }),
      'entry.openScan': () => ok({ fileUrl: 'https://example.com/results/0f.jpg?sign=1' }),
    });
    const phone = addToPhone({
      downloadFile: jest.fn(({ success }: { success: (got: object) => void }) =>
        success({ tempFilePath: 'tmp/a.jpg' }),
      ),
      previewImage: jest.fn(() => Promise.resolve({})),
    });
    const root = await show('entry-detail', OF_ENTRY);
    await press(root, '查看扫描件，地市级人社部门信息化综合管理机构（公章）');
    expect(operationsOf(app)).not.toContain('entry.openScan');
    await confirm(root, '查看');

    expect(inputsOf(app, 'entry.openScan')).toEqual([{ ...OF_ENTRY, block: 'cityHrssIt' }]);
    expect(phone.previewImage).toHaveBeenCalledWith({ urls: ['tmp/a.jpg'] });
  });
});

describe('a seal', () => {
  const SCAN = { path: 'tmp/scan.pdf', name: '盖章页.pdf', size: 1_000 };
  const place = { cloudPath: 'imports/scan/0f', fileId: 'cloud://e.b/imports/scan/0f' };
  const phoneWith = (uploadFile: jest.Mock) => {
    addToPhone({ chooseMessageFile: jest.fn(() => Promise.resolve({ tempFiles: [SCAN] })) });
    Object.assign((globalThis as unknown as { wx: { cloud: object } }).wx.cloud, { uploadFile });
  };

  async function fillIn(root: Element): Promise<void> {
    await press(root, '选择扫描件');
    await fill(root, '联系人', '李盖章');
    await fill(root, '联系电话', '0531-66668888');
    await press(root, '登记盖章');
  }

  it('is recorded with who is to be asked, the day, and the scan', async () => {
    as(REVIEWER, { 'entry.startScanUpload': () => ok(place), 'entry.sealApplication': () => ok(anEntry()) });
    phoneWith(jest.fn(() => Promise.resolve({})));
    const root = await show('entry-seal', { ...OF_ENTRY, block: 'cityHrssIt' });
    await press(root, '登记盖章');
    expect(root.textContent).toContain('请选择盖好章的申请表扫描件');
    expect(root.textContent).toContain('有 3 处要改，已标红');

    await fillIn(root);
    await confirm(root, '登记');
    expect(inputsOf(app, 'entry.sealApplication')).toMatchObject([
      {
        ...OF_ENTRY,
        block: 'cityHrssIt',
        contactName: '李盖章',
        contactPhone: '0531-66668888',
        fileId: place.fileId,
      },
    ]);
    expect(app.wx['navigateBack']).toHaveBeenCalled();
  });

  it('does not send the scan again when only the step was refused', async () => {
    as(REVIEWER, {
      'entry.startScanUpload': () => ok(place),
      'entry.sealApplication': () => fail('contact_phone_invalid'),
    });
    const uploadFile = jest.fn(() => Promise.resolve({}));
    phoneWith(uploadFile);
    const root = await show('entry-seal', { ...OF_ENTRY, block: 'cityHrssIt' });
    await fillIn(root);
    await confirm(root, '登记');
    expect(root.textContent).toContain(refusalText({ code: 'contact_phone_invalid' }));
    await confirm(root, '登记');

    expect(uploadFile).toHaveBeenCalledTimes(1);
    expect(inputsOf(app, 'entry.sealApplication')).toHaveLength(2);
  });
});

describe('the approval', () => {
  const entry = { 'entry.getApplication': () => ok(anEntry({ status: 'sent' })) };
  const choose = async (root: Element, at: number, value: number): Promise<void> => {
    const pickers = [...root.querySelectorAll('[aria-label^="角色，"]')];
    emit(pickers[at]?.parentElement, 'change', { value });
    await settle();
  };

  it('wants a role, or none, for every account, and sends exactly those', async () => {
    as(PROVINCE, { ...entry, 'entry.approveApplication': () => ok(anEntry({ status: 'approved' })) });
    const root = await show('entry-approval', OF_ENTRY);
    await choose(root, 0, 1);
    await press(root, '办理通过');
    expect(root.textContent).toContain('还有 1 个账号没有选角色');
    expect(operationsOf(app)).not.toContain('entry.approveApplication');

    await choose(root, 1, 3);
    await press(root, '办理通过');
    await confirm(root, '办理通过');
    expect(inputsOf(app, 'entry.approveApplication')).toEqual([
      {
        ...OF_ENTRY,
        roles: [
          { rowKey: 'a', role: 'reviewer' },
          { rowKey: 'b', role: 'none' },
        ],
      },
    ]);
    expect(app.wx['navigateBack']).toHaveBeenCalled();
  });

  it('says of whom a role would be chosen who had a hand in this application', async () => {
    const [first] = anEntry().adminAccounts;
    const rows = [
      { ...first, rowKey: 'a', ofApplicant: true as const },
      { rowKey: 'b', name: '王*' },
    ];
    as(PROVINCE, { 'entry.getApplication': () => ok(anEntry({ status: 'sent', adminAccounts: rows })) });
    const root = await show('entry-approval', OF_ENTRY);

    expect(root.textContent?.match(/本人填报或经办过这份申请/g)).toHaveLength(1);
  });

  it('keeps the choices when it is refused', async () => {
    as(PROVINCE, { ...entry, 'entry.approveApplication': () => fail('entry_seal_missing') });
    const root = await show('entry-approval', OF_ENTRY);
    await choose(root, 0, 0);
    await choose(root, 1, 0);
    await press(root, '办理通过');
    await confirm(root, '办理通过');

    expect(root.textContent).toContain(refusalText({ code: 'entry_seal_missing' }));
    expect(mounted.data()['rows']).toMatchObject([{ role: 'clerk' }, { role: 'clerk' }]);
  });
});

describe('the form as it is printed', () => {
  const entry = { 'entry.getApplication': () => ok(anEntry({ status: 'submitted' })) };
  const ticks = (root: Element): string[] =>
    [...root.querySelectorAll('[aria-label$="，已勾选"]')].map(
      node => node.textContent?.replace(/\s/g, '') ?? '',
    );

  it('shows its boxes as they are ticked, and people masked', async () => {
    as(PAYER, entry);
    const root = await show('entry-sheet', OF_ENTRY);

    expect(ticks(root)).toEqual(['☑定向券', '☑面值券', '☑培训券验证扫码', '☑培训券结算']);
    expect(root.textContent).toContain('3701**********002X');
    expect(findControl(root, '看完整')).toBeNull();
    expect(findControl(root, '导出 Word 文件')).toBeNull();
  });

  it('shows it in clear only to who has been told that it is noted', async () => {
    as(CLERK, {
      ...entry,
      'entry.unmaskApplication': () =>
        ok({
          ...anEntry(),
          adminAccounts: [
            {
              rowKey: 'a',
              province: '山东省',
              city: '济南市',
              county: '',
              name: '单雄信',
              namePinyin: 'shan xiongxin',
              phone: '13900005678',
              idNumber: '11010519491231002X',
            },
          ],
        }),
    });
    const root = await show('entry-sheet', OF_ENTRY);
    await press(root, '看完整');
    expect(operationsOf(app)).not.toContain('entry.unmaskApplication');
    await confirm(root, '显示');

    expect(root.textContent).toContain('11010519491231002X');
    expect(findControl(root, '看完整')).toBeNull();
  });

  it('is exported as a document, which the phone opens', async () => {
    as(CLERK, {
      ...entry,
      'documents.makeEntryForm': () => ok({ fileUrl: 'https://example.com/results/0f.docx?sign=1' }),
    });
    const phone = addToPhone({
      downloadFile: jest.fn(({ success }: { success: (got: object) => void }) =>
        success({ tempFilePath: 'tmp/a.docx' }),
      ),
      openDocument: jest.fn(() => Promise.resolve({})),
    });
    const root = await show('entry-sheet', OF_ENTRY);
    await press(root, '导出 Word 文件');
    await confirm(root, '导出');

    expect(inputsOf(app, 'documents.makeEntryForm')).toEqual([OF_ENTRY]);
    expect(phone.openDocument).toHaveBeenCalledWith({
      filePath: 'tmp/a.docx',
      fileType: 'docx',
      showMenu: true,
    });
  });
});

describe('the secret of the API client', () => {
  const client = {
    id: 'c1',
    name: '济南市人社局',
    kind: 'city',
    cityCode: '3701',
    scopes: ['scanVoucher', 'settleVouchers'],
    keys: [] as object[],
  };
  const renewed = {
    client: { ...client, keys: [{ keyVersion: 1, createdAtMs: 0 }] },
    keyVersion: 1,
    secret: 'ab'.repeat(32),
  };
  const cloud: App['cloud'] = {
    'entry.listClients': () => ok({ items: [client] }),
    'entry.renewClientSecret': () => ok(renewed),
  };
  const query = { clientId: 'c1', cityCode: '3701' };

  it('is made after asking, shown once, and kept nowhere', async () => {
    as(CLERK, cloud);
    const phone = addToPhone({ setClipboardData: jest.fn(() => Promise.resolve({})) });
    const root = await show('entry-client', query);
    expect(root.textContent).toContain('还没有密钥');
    expect(root.textContent).toContain('培训券验证扫码');
    await press(root, '生成密钥');
    expect(operationsOf(app)).not.toContain('entry.renewClientSecret');
    await confirm(root, '生成');

    expect(inputsOf(app, 'entry.renewClientSecret')).toEqual([{ clientId: 'c1' }]);
    expect(root.textContent).toContain(renewed.secret);
    await press(root, '复制密钥');
    expect(phone.setClipboardData).toHaveBeenCalledWith({ data: renewed.secret });
    await press(root, '已经收好，不再显示');
    expect(root.textContent).not.toContain(renewed.secret);
    expect(JSON.stringify([...app.storage])).not.toContain(renewed.secret);
  });

  it('ends the others at once only where that was confirmed', async () => {
    as(CLERK, { ...cloud, 'entry.listClients': () => ok({ items: [renewed.client] }) });
    const root = await show('entry-client', query);
    await press(root, '密钥可能泄露，马上换掉');
    await confirm(root, '马上换掉');

    expect(inputsOf(app, 'entry.renewClientSecret')).toEqual([{ clientId: 'c1', endOthersAtOnce: true }]);
  });

  it('says that there is no such client, or that it was revoked', async () => {
    as(CLERK, { 'entry.listClients': () => ok({ items: [] }) });
    await show('entry-client', query);
    expect(mounted.data()['state']).toBe('failed');
    close(mounted);

    app.cloud['entry.listClients'] = () => ok({ items: [{ ...client, revokedAtMs: 1 }] });
    const root = await show('entry-client', query);
    expect(root.textContent).toContain('已停用');
    expect(findControl(root, '生成密钥')).toBeNull();
  });

  it('is reached from the approved application by its clerk', async () => {
    const approved = { 'entry.getApplication': () => ok(anEntry({ status: 'approved', clientId: 'c1' })) };
    as(REVIEWER, approved);
    const reader = await show('entry-detail', OF_ENTRY);
    expect(reader.textContent).not.toContain('接口密钥');
    close(mounted);

    as(CLERK, approved);
    const root = await show('entry-detail', OF_ENTRY);
    expect(root.textContent).toContain('接口密钥');
  });
});
