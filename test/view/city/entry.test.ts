import type { EntryStatus } from '../../../miniprogram/contract/entry';
import type { Grant } from '../../../miniprogram/contract/roles';
import {
  entryActions,
  entryLines,
  toDeadline,
  toEntryPage,
  toEntryRow,
} from '../../../miniprogram/city/view/entry';
import {
  accountErrors,
  fieldErrors,
  keptHints,
  rowsWith,
  rowsWithout,
  toFormAccounts,
  toggled,
} from '../../../miniprogram/city/view/entry-form';
import { readSealForm } from '../../../miniprogram/city/view/entry-seal';
import { toMaskedForm } from '../../../miniprogram/city/view/entry-sheet';
import { toPrintedForm } from '../../../miniprogram/text/entry-form-text';
import { anEntry, anEntryRow } from './entry-samples';
import { CLERK, PAYER, PROVINCE, REVIEWER } from './samples';

const OTHER_CLERK: Grant[] = [{ role: 'clerk', cityCode: '3702' }];

describe('what may be done with an application', () => {
  const cases: [EntryStatus, string, Grant[], string, boolean][] = [
    ['draft', 'the clerk', CLERK, 'fill', false],
    ['draft', 'a reviewer', REVIEWER, '', false],
    ['draft', 'the province', PROVINCE, '', false],
    ['returned', 'the clerk', CLERK, 'fill', false],
    ['submitted', 'the clerk', CLERK, 'seal', true],
    ['submitted', 'a reviewer', REVIEWER, 'seal', true],
    ['submitted', 'a payer', PAYER, '', false],
    ['submitted', 'another city', OTHER_CLERK, '', false],
    ['submitted', 'the province', PROVINCE, '', true],
    ['citySealed', 'a reviewer', REVIEWER, '', false],
    ['citySealed', 'the province', PROVINCE, 'seal', true],
    ['provinceSealed', 'the province', PROVINCE, 'send', true],
    ['sent', 'the province', PROVINCE, 'seal', true],
    ['sent', 'the clerk', CLERK, '', false],
    ['approved', 'the province', PROVINCE, '', false],
    ['approved', 'the clerk', CLERK, '', false],
  ];

  it.each(cases)('%s: %s', (status, _who, grants, main, canReturn) => {
    expect(entryActions(anEntry({ status }), grants)).toMatchObject({ main, canReturn });
  });

  const seal = { contactName: '李*章', contactPhone: '138****1111', sealedOn: '2026-08-10', recordedAtMs: 0 };

  it('goes on with the seal that is missing, then with the approval', () => {
    const operator = anEntry({ status: 'sent', seals: { platformOperator: seal } });
    expect(entryActions(operator, PROVINCE)).toMatchObject({ main: 'seal', block: 'mohrssInfoCentre' });

    const both = anEntry({ status: 'sent', seals: { platformOperator: seal, mohrssInfoCentre: seal } });
    expect(entryActions(both, PROVINCE)).toMatchObject({ main: 'approve', block: '' });
  });

  it('offers the operator’s seal before and after the sending, each to whom it belongs', () => {
    const canRecord = (status: EntryStatus, grants: Grant[]) =>
      toEntryPage(anEntry({ status }), grants)
        .seals.filter(each => each.canRecord)
        .map(({ block }) => block);

    expect(canRecord('provinceSealed', PROVINCE)).toEqual(['platformOperator']);
    expect(canRecord('sent', PROVINCE)).toEqual(['platformOperator', 'mohrssInfoCentre']);
    expect(canRecord('submitted', REVIEWER)).toEqual(['cityHrssIt']);
    expect(canRecord('submitted', PROVINCE)).toEqual([]);
    expect(canRecord('sent', CLERK)).toEqual([]);
  });

  it('lets only those see it in clear whose work it is', () => {
    const canUnmask = (grants: Grant[]) => entryActions(anEntry({ status: 'submitted' }), grants).canUnmask;

    expect([CLERK, REVIEWER, PROVINCE, PAYER, OTHER_CLERK].map(canUnmask)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('an application as it is shown', () => {
  it('says in a list whether it was handed in late', () => {
    const row = toEntryRow(
      anEntryRow({ status: 'submitted', submittedAtMs: Date.UTC(2026, 7, 17, 2), late: true }),
    );

    expect(row).toMatchObject({ title: '济南市人力资源和社会保障局', statusText: '待市级盖章' });
    expect(row.lines).toContain('2026年8月17日提交，超过了报送截止日期');
  });

  it('says what is not there yet', () => {
    const { applicantName: _a, channelName: _c, ...bare } = anEntryRow();

    expect(toEntryRow(bare)).toMatchObject({ title: '还没有填单位名称' });
    expect(toEntryRow(bare).lines).toContain('还没有填渠道');
  });

  it('counts the days to the deadline, the day itself included', () => {
    const at = (day: string) => toDeadline('2026-08-16', Date.parse(`${day}T10:00:00+08:00`));

    expect(at('2026-08-14').left).toBe('还剩 2 天');
    expect(at('2026-08-16')).toMatchObject({ left: '今天截止', isOver: false });
    expect(at('2026-08-17')).toMatchObject({ isOver: true });
    expect(toDeadline('2026-08-16', Date.parse('2026-08-16T23:59:00+08:00')).isOver).toBe(false);
  });

  it('names who did what, the last first', () => {
    const entry = anEntry({
      history: [
        { command: 'create', to: 'draft', atMs: 0, by: 'clerk', byName: '张*三' },
        { command: 'return', to: 'returned', atMs: 1, by: 'province', reason: '渠道不符' },
      ],
    });

    expect(entryLines(entry)).toMatchObject([
      { title: '退回', by: '省级管理人员', reason: '渠道不符' },
      { title: '开始填写', by: '市级经办人员 张*三' },
    ]);
  });

  it('looks like the printed form, with what is masked left masked', () => {
    const printed = toPrintedForm(toMaskedForm(anEntry()));

    expect(printed.issueModes.map(({ box, label }) => box + label)).toEqual(['☐通用券', '☑定向券']);
    expect(printed.interfaces.map(({ items }) => items.map(({ box, label }) => box + label))).toEqual([
      ['☑培训券验证扫码', '☐批量添加培训人员'],
      ['☐获取培训券状态', '☐批量添加培训机构'],
      ['☐批量作废已领培训券', '☐培训打卡签到'],
      ['☐获取用户培训券信息', '☑培训券结算'],
      ['☐获取培训券模板列表', '☐通过二维码获取学员信息'],
      ['☐添加证书接口'],
    ]);
    expect(printed.accounts[0]).toMatchObject({
      province: '山东省',
      city: '济南市',
      county: '历下区',
      name: '单*信',
    });
    expect(printed.seals.map(({ items }) => items.map(({ label }) => label))).toEqual([
      ['地市级人社部门信息化综合管理机构（公章）', '省级人社部门信息化综合管理机构（公章）'],
      ['平台运营机构（公章）', '人力资源和社会保障部信息中心（公章）'],
    ]);
  });
});

describe('the form while it is filled in', () => {
  const faults = [
    { field: 'applicantUscc' as const, code: 'uscc_invalid' as const },
    { field: 'channelName' as const, code: 'entry_field_missing' as const },
    { field: 'phone' as const, rowKey: 'b', code: 'entry_field_missing' as const },
    { field: 'idNumber' as const, rowKey: 'b', code: 'id_number_invalid' as const },
  ];

  it('says what is wrong, and only when it is to be handed in what is missing', () => {
    expect(Object.keys(fieldErrors(faults, { withMissing: false }))).toEqual(['applicantUscc']);
    expect(Object.keys(fieldErrors(faults, { withMissing: true }))).toEqual(['applicantUscc', 'channelName']);
    expect(Object.keys(accountErrors(faults, 'b'))).toEqual(['phone', 'idNumber']);
    expect(toFormAccounts(anEntry({ faults })).map(({ faultText }) => faultText)).toEqual([
      '',
      '有 2 处要补充或改正',
    ]);
  });

  it('says that a field is filled in whose text is not shown again', () => {
    expect(keptHints(anEntry()).contactPhone).toBe('已填 138****0001，要改再填');
  });

  it('keeps ticked boxes in the order of the form', () => {
    const order = ['a', 'b', 'c'] as const;

    expect(toggled(order, ['c'], 'a', true)).toEqual(['a', 'c']);
    expect(toggled(order, ['a', 'c'], 'c', false)).toEqual(['a']);
    expect(toggled(order, ['a'], 'unknown', true)).toEqual(['a']);
  });

  it('sends of the other rows their keys alone', () => {
    expect(rowsWith(['a', 'b'], { rowKey: 'b', phone: '1' })).toEqual([
      { rowKey: 'a' },
      { rowKey: 'b', phone: '1' },
    ]);
    expect(rowsWith(['a'], { rowKey: 'c', name: '张三' })).toEqual([
      { rowKey: 'a' },
      { rowKey: 'c', name: '张三' },
    ]);
    expect(rowsWithout(['a', 'b'], 'a')).toEqual([{ rowKey: 'b' }]);
  });

  it('asks of a seal for everything that the form prints, and the scan', () => {
    const read = readSealForm({ contactName: ' ', contactPhone: '', sealedOn: '', fileName: '' });

    expect(read).toMatchObject({
      errors: {
        contactName: '请填写联系人',
        contactPhone: '请填写联系电话',
        sealedOn: '请选择盖章日期',
        fileName: '请选择盖好章的申请表扫描件',
      },
    });
  });
});
