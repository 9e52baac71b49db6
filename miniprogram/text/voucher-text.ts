import type { ChannelKind } from '../contract/channels';
import type { EntryCommand } from '../contract/entry';
import type { JobKind, JobStatus } from '../contract/jobs';
import { ROLE_NAMES } from '../contract/roles';
import type { BatchCommand } from '../contract/settlement';
import type { AudienceRule, TemplateStatus } from '../contract/templates';
import type { ClassCommand } from '../contract/training';
import type { FunctionMode, IssueMode, StepRole, VoucherCommand } from '../contract/vouchers';

/** Steps of a voucher as its history and the buttons name them. */
export const VOUCHER_COMMAND_NAMES: Record<VoucherCommand, string> = {
  order: '送部平台制券',
  deliver: '部平台下发',
  issue: '发券',
  claim: '领取',
  use: '核验',
  reverse: '撤销核验',
  batch: '列入结算',
  unbatch: '移出结算',
  settle: '核销',
  void: '作废',
  concede: '采纳部平台结论',
  expire: '过期',
};

/** 券发放模式, as Annex 2 prints them. */
export const ISSUE_MODE_NAMES: Record<IssueMode, string> = { general: '通用券', targeted: '定向券' };

/** What each issue mode means to the person who chooses it. */
export const ISSUE_MODE_HINTS: Record<IssueMode, string> = {
  general: '劳动者自己选择培训机构和班期',
  targeted: '先定班期和名册，再发券到人',
};

/** 券功能模式, as Annex 2 prints them. */
export const FUNCTION_MODE_NAMES: Record<FunctionMode, string> = { face_value: '面值券', credit: '抵用券' };

/** What each function mode means to the person who chooses it. */
export const FUNCTION_MODE_HINTS: Record<FunctionMode, string> = {
  face_value: '券面印有金额，按审核后的面值补贴',
  credit: '券面不印金额，是享受培训补贴的凭证',
};

export const TEMPLATE_STATUS_NAMES: Record<TemplateStatus, string> = {
  draft: '编制中',
  published: '已发布',
  closed: '已停用',
};

export const CHANNEL_KIND_NAMES: Record<ChannelKind, string> = {
  mini_program: '小程序',
  app: '手机应用',
  official_account: '公众号',
  web: '网页',
};

export const JOB_KIND_NAMES: Record<JobKind, string> = {
  issue: '批量发券',
  void: '批量作废',
  import_codes: '导入券码',
  unbatch: '批量移出结算',
  settle: '批量核销',
  open_entry: '开通入网',
  add_institutions: '批量登记培训机构',
};

export const JOB_STATUS_NAMES: Record<JobStatus, string> = {
  running: '办理中',
  finished: '已办完',
  failed: '未办成',
};

/** Steps of a settlement batch. */
export const BATCH_COMMAND_NAMES: Record<BatchCommand, string> = {
  create: '新建',
  submit: '提交',
  review: '初审通过',
  approve: '复审通过',
  pay: '拨付',
  settle: '核销',
  return: '退回',
};

/** Steps of a class. */
export const CLASS_COMMAND_NAMES: Record<ClassCommand, string> = {
  create: '新建',
  amend: '修改',
  note: '写备注',
  submit: '提交',
  approve: '审核通过',
  return: '退回',
  start: '开班',
  finish: '结班',
};

/** Steps of a network entry, and who looked at what it holds in clear. */
export const ENTRY_COMMAND_NAMES: Record<EntryCommand, string> = {
  create: '开始填写',
  amend: '修改',
  submit: '提交',
  sealCity: '登记市级盖章',
  sealProvince: '登记省级盖章',
  sealOperator: '登记运营机构盖章',
  sealMinistry: '登记人社部盖章',
  send: '报送人社部',
  approve: '办理通过',
  return: '退回',
  unmask: '查看或导出完整内容',
  openScan: '查看扫描件',
};

/** Who took a step: a role, or the system itself. */
export const STEP_ROLE_NAMES: Record<StepRole, string> = { ...ROLE_NAMES, system: '系统' };

/** A condition on the holders of a template's vouchers, e.g. '年满18至59周岁'. */
export function audienceRuleText(rule: AudienceRule): string {
  switch (rule.kind) {
    case 'labour_contract':
      return '已签订劳动合同';
    case 'enterprise_pension':
      return '已缴纳企业养老保险';
    case 'age_between':
      return `年满${rule.minYears}至${rule.maxYears}周岁`;
  }
}
