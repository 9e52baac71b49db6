/** Words of the form 《职业培训券正式入网申请表》 (鲁人社函〔2021〕57号, annex 2), as printed there. */

export const ENTRY_FORM_TITLE = '职业培训券正式入网申请表';
export const FILLED_ON_LABEL = '填表日期';

/** Label and, where the form prints one, the hint inside the empty box. */
export const ENTRY_FIELDS = {
  applicantName: { label: '申请单位名称', hint: '服务申请单位填写和盖章' },
  applicantUscc: { label: '申请单位统一社会信用代码', hint: '服务申请单位填写' },
  channelName: { label: '渠道名称', hint: '填写电子社保卡申领渠道' },
  issueModes: { label: '券发放模式', hint: '' },
  channelNumber: { label: '渠道编号', hint: '' },
  functionModes: { label: '券功能模式', hint: '' },
  contactName: { label: '联系人', hint: '服务申请联系人' },
  contactDetails: { label: '联系方式', hint: '手机号、邮箱' },
  interfaces: { label: 'API 接口', hint: '' },
  accounts: { label: '职业培训券管理后台账号申请', hint: '' },
} as const;

/** Columns of the account rows, from left to right. */
export const ACCOUNT_COLUMNS = {
  province: '省份',
  city: '地市',
  county: '区县',
  name: '姓名',
  namePinyin: '姓名全拼',
  phone: '手机号',
  idNumber: '身份证号',
} as const;

/** Lines of a seal block under its name. */
export const SEAL_LINES = { contactName: '联系人', contactPhone: '联系电话', sealedOn: '日期' } as const;

export const TICKED = '☑';
export const NOT_TICKED = '☐';
