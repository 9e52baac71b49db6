import type { CityCode } from './areas';
import type { ChannelKind } from './channels';
import type { ErrorCode } from './error-codes';
import type { ApiClientId, EntryApplicationId, JobId } from './ids';
import type { CityRole } from './roles';
import type { FunctionMode, IssueMode, StepRole } from './vouchers';

// Network entry (入网申请), notice 三(一): 《职业培训券正式入网申请表》, annex 2. Names of fields are those of the form's
// own items; choices of which several may be ticked are in the plural.

/** API 接口, in the order of the form: row by row, the left box before the right one. */
export const INTERFACE_NAMES = {
  scanVoucher: '培训券验证扫码',
  addTrainees: '批量添加培训人员',
  getVoucherStatus: '获取培训券状态',
  addInstitutions: '批量添加培训机构',
  voidClaimedVouchers: '批量作废已领培训券',
  recordAttendance: '培训打卡签到',
  listUserVouchers: '获取用户培训券信息',
  settleVouchers: '培训券结算',
  listTemplates: '获取培训券模板列表',
  getTraineeByQr: '通过二维码获取学员信息',
  addCertificate: '添加证书接口',
} as const;
export type Interface = keyof typeof INTERFACE_NAMES;
export const INTERFACES = Object.keys(INTERFACE_NAMES) as Interface[];

/** 公章: the four blocks in the order of the form. */
export const SEAL_BLOCK_NAMES = {
  cityHrssIt: '地市级人社部门信息化综合管理机构（公章）',
  provinceHrssIt: '省级人社部门信息化综合管理机构（公章）',
  platformOperator: '平台运营机构（公章）',
  mohrssInfoCentre: '人力资源和社会保障部信息中心（公章）',
} as const;
export type SealBlock = keyof typeof SEAL_BLOCK_NAMES;
export const SEAL_BLOCKS = Object.keys(SEAL_BLOCK_NAMES) as SealBlock[];

/** draft → submitted → citySealed → provinceSealed → sent to the ministry → approved, or returned with a reason. */
export type EntryStatus =
  'draft' | 'submitted' | 'citySealed' | 'provinceSealed' | 'sent' | 'approved' | 'returned';

export const ENTRY_STATUS_NAMES: Record<EntryStatus, string> = {
  draft: '填报中',
  submitted: '待市级盖章',
  citySealed: '待省级盖章',
  provinceSealed: '待报送',
  sent: '已报送',
  approved: '已入网',
  returned: '已退回',
};

export type EntryCommand =
  | 'create'
  | 'amend'
  | 'submit'
  | 'sealCity'
  | 'sealProvince'
  | 'sealOperator'
  | 'sealMinistry'
  | 'send'
  | 'approve'
  | 'return'
  | 'unmask'
  | 'openScan';

/** Fields may change only before the form is handed in. */
export const isEntryEditable = (status: EntryStatus): boolean => status === 'draft' || status === 'returned';

export const isEntryApproved = (status: EntryStatus): boolean => status === 'approved';

/** Blocks that can be recorded in a state: the city's and the province's in their turn, the others by the province. */
export const SEALABLE: Readonly<Record<EntryStatus, readonly SealBlock[]>> = {
  draft: [],
  submitted: ['cityHrssIt'],
  citySealed: ['provinceHrssIt'],
  provinceSealed: ['platformOperator'],
  sent: ['platformOperator', 'mohrssInfoCentre'],
  approved: [],
  returned: [],
};

/** Names an account row of one application; the phone makes it for a row that is new. */
export type AccountRowKey = string;

/** A row of 职业培训券管理后台账号申请 as it is typed. 省份 and 地市 are those of the applicant. */
export interface AccountRowInput {
  rowKey: AccountRowKey;
  /** 区县, six digits of GB/T 2260 within the city; empty for an account of the city itself. */
  countyCode?: string;
  name?: string;
  namePinyin?: string;
  phone?: string;
  idNumber?: string;
}

/**
 * What is typed into the form. Every field may be missing and hold what is half typed: a field that is given is kept as it is
 * (an empty text clears it), one that is not given stays as it was. The rows are given as a whole list; of a row that is
 * known by its key, what is not given stays as well, so that a phone sends an ID number only where it was typed anew.
 */
export interface EntryDraft {
  /** 填表日期. */
  filledOn?: string;
  applicantName?: string;
  applicantUscc?: string;
  channelName?: string;
  channelNumber?: string;
  /** Not printed on the form: what the channel is opened as, where it is not listed yet. */
  channelKind?: ChannelKind;
  issueModes?: IssueMode[];
  functionModes?: FunctionMode[];
  contactName?: string;
  /** 联系方式: 手机号. */
  contactPhone?: string;
  /** 联系方式: 邮箱. */
  contactEmail?: string;
  interfaces?: Interface[];
  adminAccounts?: AccountRowInput[];
}

export type EntryFieldName = keyof EntryDraft;
export type AccountFieldName = Exclude<keyof AccountRowInput, 'rowKey'>;

/** Something that keeps the form from being handed in. */
export interface EntryFault {
  field: EntryFieldName | AccountFieldName;
  /** Of a field in an account row. */
  rowKey?: AccountRowKey;
  code: ErrorCode;
}

export interface AccountRowView {
  rowKey: AccountRowKey;
  countyCode?: string;
  /** Masked, as are the other three. */
  name?: string;
  namePinyin?: string;
  phone?: string;
  idNumber?: string;
  /** Somebody who had a hand in this very application: whoever chooses a role for them shall see it. */
  ofApplicant?: true;
  /** What the province has chosen at the approval; absent before, and of a row that gets none. */
  role?: CityRole;
}

/** What is recorded of a seal. */
export interface SealInput {
  block: SealBlock;
  contactName: string;
  contactPhone: string;
  /** 日期. */
  sealedOn: string;
  /** Scan of the sealed form (PDF, JPEG, PNG), at the place that `entry.startScanUpload` has handed out. */
  fileId: string;
}

export interface SealView {
  /** Masked, as is the phone. */
  contactName: string;
  contactPhone: string;
  sealedOn: string;
  recordedAtMs: number;
}

/** Who did what, of steps that led it on; masked name. */
export interface EntryStepView {
  command: EntryCommand;
  to: EntryStatus;
  atMs: number;
  by: StepRole;
  byName?: string;
  reason?: string;
}

/** An application in a list. */
export interface EntryRowView {
  id: EntryApplicationId;
  cityCode: CityCode;
  status: EntryStatus;
  applicantName?: string;
  channelName?: string;
  channelNumber?: string;
  filledAtMs: number;
  submittedAtMs?: number;
  /** Handed in after the deadline. */
  late?: true;
}

/** An application with everything that is shown without an audited unmasking. */
export interface EntryApplicationView extends EntryRowView {
  /** Raised by each saving: the one that a change was typed upon goes with it. */
  revision: number;
  filledOn?: string;
  applicantUscc?: string;
  channelKind?: ChannelKind;
  issueModes: IssueMode[];
  functionModes: FunctionMode[];
  /** Masked. */
  contactName?: string;
  contactPhone?: string;
  contactEmail?: string;
  interfaces: Interface[];
  adminAccounts: AccountRowView[];
  /** What is still to be put right before it can be handed in; empty once it was. */
  faults: EntryFault[];
  seals: Partial<Record<SealBlock, SealView>>;
  returnReason?: string;
  /** The approval at work: channel, accounts and API client, to follow its progress by `entry.getJob`. */
  approvalJobId?: JobId;
  /** The API client that the approval makes; its secret is another matter. */
  clientId?: ApiClientId;
  deadlineOn: string;
  history: EntryStepView[];
}

/** A row with its personal fields in clear. */
export interface PlainAccountRow {
  rowKey: AccountRowKey;
  /** 省份, 地市, 区县 as printed; no 区县 for an account of the city itself. */
  province: string;
  city: string;
  county: string;
  countyCode?: string;
  name: string;
  namePinyin: string;
  phone: string;
  idNumber: string;
}

/** The form in clear: the document, its picture on a page, nothing else. What is missing is an empty text. */
export interface PlainEntryForm {
  id: EntryApplicationId;
  cityCode: CityCode;
  status: EntryStatus;
  filledOn: string;
  applicantName: string;
  applicantUscc: string;
  channelName: string;
  channelNumber: string;
  issueModes: IssueMode[];
  functionModes: FunctionMode[];
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  interfaces: Interface[];
  adminAccounts: PlainAccountRow[];
  seals: Partial<Record<SealBlock, Omit<SealInput, 'block' | 'fileId'>>>;
}

/** Which role an account row gets; a row may get none. Nobody gets one that was not named. */
export interface RoleChoice {
  rowKey: AccountRowKey;
  role: CityRole | 'none';
}
