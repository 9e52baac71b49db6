import { strFromU8, unzipSync } from 'fflate';
import { writeEntryForm } from '../../../cloudfunctions/documents/entry-form-document';
import { toPrintedForm, type FormToPrint } from '../../../miniprogram/text/entry-form-text';

const account = (name: string, county = ''): FormToPrint['adminAccounts'][number] => ({
  province: '山东省',
  city: '济南市',
  county,
  name,
  namePinyin: 'shanxiongxin',
  phone: '13800138000',
  idNumber: '11010519491231002X',
});

const FILLED: FormToPrint = {
  cityCode: '3701',
  filledOn: '2021-08-06',
  applicantName: '济南市人力资源和社会保障局',
  applicantUscc: '91350100M000100Y43',
  channelName: '济南人社 <小程序> & 服务号',
  channelNumber: '3701000001',
  issueModes: ['targeted'],
  functionModes: ['face_value', 'credit'],
  contactName: '欧阳小明',
  contactPhone: '13900139000',
  contactEmail: 'a@example.com',
  interfaces: ['scanVoucher', 'settleVouchers', 'addCertificate'],
  adminAccounts: [account('单雄信', '历下区'), account('买买提·艾力')],
  seals: { cityHrssIt: { contactName: '王大明', contactPhone: '0531-66666666', sealedOn: '2021-08-10' } },
};

const EMPTY: FormToPrint = {
  cityCode: '3701',
  filledOn: '',
  applicantName: '',
  applicantUscc: '',
  channelName: '',
  channelNumber: '',
  issueModes: [],
  functionModes: [],
  contactName: '',
  contactPhone: '',
  contactEmail: '',
  interfaces: [],
  adminAccounts: [],
  seals: {},
};

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const textIn = (xml: string): string =>
  [...xml.matchAll(/<w:t[ >][^<]*<\/w:t>|<w:t>[^<]*<\/w:t>/g)]
    .map(([run]) => run.replace(/<[^>]+>/g, ''))
    .join('')
    .replace(/&(lt|gt|amp);/g, entity => entities[entity] ?? '');
const partsOf = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<w:${tag}[ >].*?</w:${tag}>`, 'gs'))].map(([part]) => part);

interface ReadDocument {
  xml: string;
  /** Texts of the cells of each row; paragraphs end with |. */
  rows: string[][];
  heading: string;
}

async function read(form: FormToPrint): Promise<ReadDocument> {
  const files = unzipSync(await writeEntryForm(toPrintedForm(form)));
  const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array());
  const rows = partsOf(xml, 'tr').map(row =>
    partsOf(row, 'tc').map(cell => partsOf(cell, 'p').map(textIn).join('|')),
  );
  return { xml, rows, heading: textIn(xml.slice(0, xml.indexOf('<w:tbl>'))) };
}

describe('the document of the form', () => {
  it('has the boxes of the printed form in their places, filled in and ticked', async () => {
    const { rows, heading } = await read(FILLED);

    expect(heading).toBe('附件 2职业培训券正式入网申请表填表日期：2021 年 8 月 6 日');
    expect(rows).toEqual([
      ['申请单位名称', '济南市人力资源和社会保障局'],
      ['申请单位统一社会信用代码', '91350100M000100Y43'],
      ['渠道名称', '济南人社 <小程序> & 服务号', '券发放模式', '☐ 通用券    ☑ 定向券'],
      ['渠道编号', '3701000001', '券功能模式', '☑ 面值券    ☑ 抵用券'],
      ['联系人', '欧阳小明', '联系方式', '13900139000|a@example.com'],
      ['API 接口', '☑ 培训券验证扫码', '☐ 批量添加培训人员'],
      ['', '☐ 获取培训券状态', '☐ 批量添加培训机构'],
      ['', '☐ 批量作废已领培训券', '☐ 培训打卡签到'],
      ['', '☐ 获取用户培训券信息', '☑ 培训券结算'],
      ['', '☐ 获取培训券模板列表', '☐ 通过二维码获取学员信息'],
      ['', '☑ 添加证书接口', ''],
      ['职业培训券管理后台账号申请'],
      ['省份', '地市', '区县', '姓名', '姓名全拼', '手机号', '身份证号'],
      ['山东省', '济南市', '历下区', '单雄信', 'shanxiongxin', '13800138000', '11010519491231002X'],
      ['山东省', '济南市', '', '买买提·艾力', 'shanxiongxin', '13800138000', '11010519491231002X'],
      ['', '', '', '', '', '', ''],
      [
        '地市级人社部门信息化综合管理机构（公章）|||联系人：王大明|联系电话：0531-66666666|日期：2021 年 8 月 10 日',
        '省级人社部门信息化综合管理机构（公章）|||联系人：|联系电话：|日期：      年    月    日',
      ],
      [
        '平台运营机构（公章）|||联系人：|联系电话：|日期：      年    月    日',
        '人力资源和社会保障部信息中心（公章）|||联系人：|联系电话：|日期：      年    月    日',
      ],
    ]);
  });

  it('is the blank form when nothing is filled in, with its printed hints', async () => {
    const { rows, xml } = await read(EMPTY);

    expect(rows.slice(0, 5)).toEqual([
      ['申请单位名称', '服务申请单位填写和盖章'],
      ['申请单位统一社会信用代码', '服务申请单位填写'],
      ['渠道名称', '填写电子社保卡申领渠道', '券发放模式', '☐ 通用券    ☐ 定向券'],
      ['渠道编号', '', '券功能模式', '☐ 面值券    ☐ 抵用券'],
      ['联系人', '服务申请联系人', '联系方式', '手机号、邮箱'],
    ]);
    expect(xml).not.toContain('☑');
    expect(rows.filter(cells => cells.length === 7 && cells.join('') === '')).toHaveLength(3);
  });

  it.each([1, 3, 100])('has a row for each of %d accounts', async count => {
    const { rows } = await read({
      ...FILLED,
      adminAccounts: Array.from({ length: count }, () => account('张三')),
    });

    expect(rows.filter(cells => cells[3] === '张三')).toHaveLength(count);
  });

  it('names the fonts of official documents and says nobody as its author', async () => {
    const files = unzipSync(await writeEntryForm(toPrintedForm(FILLED)));
    const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array());
    const about = strFromU8(files['docProps/core.xml'] ?? new Uint8Array());

    for (const font of ['宋体', '仿宋', '黑体']) expect(xml).toContain(`w:eastAsia="${font}"`);
    expect(about).toContain('<dc:title>职业培训券正式入网申请表</dc:title>');
    expect(about).not.toContain('creator');
  });

  it('rules every row up to the right edge of the table', async () => {
    const { xml } = await read(FILLED);
    const [table = ''] = partsOf(xml, 'tbl');
    const columns = [...table.matchAll(/<w:gridCol w:w="(\d+)"/g)].length;
    const spans = partsOf(table, 'tr').map(row =>
      partsOf(row, 'tc')
        .map(cell => Number(/<w:gridSpan w:val="(\d+)"/.exec(cell)?.[1] ?? 1))
        .reduce((sum, span) => sum + span, 0),
    );

    expect(new Set(spans)).toEqual(new Set([columns]));
  });
});
