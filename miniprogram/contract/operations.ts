import { hasKey } from './has-key';
import type { AccountView, SignInStart, StaffView } from './accounts';
import type { CityCode } from './areas';
import type { ChannelKind, ChannelView } from './channels';
import type { ErrorCode } from './error-codes';
import type { Fen } from './fen';
import type { ImportReport } from './imports';
import type { JobRefusal, JobView } from './jobs';
import type { Page, PageInput } from './paging';
import type { ProjectId } from './projects';
import type { Role } from './roles';
import type { BatchItemView, BatchStatus, BatchView } from './settlement';
import type { TemplateFields, TemplateStatus, TemplateView } from './templates';
import type {
  AdministratorView,
  ClassFields,
  ClassStatus,
  ClassView,
  InstitutionView,
  RosterEntryView,
} from './training';
import type {
  DynamicCode,
  VerificationView,
  VoucherDetailView,
  VoucherReceipt,
  VoucherStatus,
  VoucherView,
} from './vouchers';

/**
 * The whole API: what each operation takes and answers.
 * Call `wx.cloud.callFunction({ name, data: { operation, requestId?, input } })`; `name` is the part before the dot.
 */
export interface OperationTypes {
  'account.startSignIn': { input: { channelNumber?: string }; output: SignInStart };
  'account.signIn': {
    input: { authCode: string; consentVersion: string; channelNumber?: string };
    output: AccountView;
  };
  'account.getAccount': { input: Record<string, never>; output: AccountView };
  'account.signOut': { input: Record<string, never>; output: Record<string, never> };
  'account.grantRole': {
    input: { name: string; idNumber: string; role: 'clerk' | 'reviewer' | 'payer'; cityCode: CityCode };
    output: StaffView;
  };
  'account.revokeRole': {
    input: { personId: string; role: 'clerk' | 'reviewer' | 'payer'; cityCode: CityCode };
    output: StaffView;
  };
  'account.listStaff': { input: { cityCode: CityCode } & PageInput; output: Page<StaffView> };

  'entry.listChannels': { input: { cityCode: CityCode }; output: { channels: ChannelView[] } };
  'entry.addChannel': {
    input: { channelNumber: string; cityCode: CityCode; name: string; kind: ChannelKind; issuing: boolean };
    output: ChannelView;
  };
  'entry.setChannel': {
    input: { channelNumber: string; issuing?: boolean; voucherOpen?: boolean };
    output: ChannelView;
  };

  'training.addInstitution': {
    input: { name: string; uscc: string; cityCode: CityCode };
    output: InstitutionView;
  };
  'training.setInstitution': {
    input: { institutionId: string; name?: string; active?: boolean };
    output: InstitutionView;
  };
  'training.listInstitutions': { input: { cityCode?: CityCode } & PageInput; output: Page<InstitutionView> };
  'training.addAdministrator': {
    input: { institutionId: string; name: string; idNumber: string };
    output: AdministratorView;
  };
  'training.removeAdministrator': {
    input: { institutionId: string; personId: string };
    output: { personId: string };
  };
  'training.listAdministrators': {
    input: { institutionId: string } & PageInput;
    output: Page<AdministratorView>;
  };
  'training.createClass': { input: { institutionId: string } & ClassFields; output: ClassView };
  'training.amendClass': {
    input: { classId: string } & Partial<Omit<ClassFields, 'templateId'>>;
    output: ClassView;
  };
  'training.submitClass': { input: { classId: string }; output: ClassView };
  'training.approveClass': { input: { classId: string }; output: ClassView };
  'training.returnClass': { input: { classId: string; reason: string }; output: ClassView };
  'training.startClass': { input: { classId: string }; output: ClassView };
  'training.finishClass': { input: { classId: string }; output: ClassView };
  'training.getClass': { input: { classId: string }; output: ClassView };
  'training.listClasses': {
    input: { status?: ClassStatus; institutionId?: string; cityCode?: CityCode } & PageInput;
    output: Page<ClassView>;
  };
  /** An empty roster to fill in: a workbook behind a link that expires. */
  'training.getRosterForm': { input: Record<string, never>; output: { fileUrl: string } };
  'training.checkRoster': { input: RosterFile; output: ImportReport };
  'training.importRoster': { input: RosterFile; output: ImportReport };
  'training.listRoster': { input: RosterOwner & PageInput; output: Page<RosterEntryView> };
  'training.removeRosterEntry': { input: { entryId: string }; output: { entryId: string } };

  'voucher.createTemplate': { input: TemplateFields; output: TemplateView };
  'voucher.amendTemplate': {
    input: { templateId: string } & Partial<Omit<TemplateFields, 'cityCode' | 'issueMode'>>;
    output: TemplateView;
  };
  'voucher.publishTemplate': { input: { templateId: string }; output: TemplateView };
  'voucher.closeTemplate': { input: { templateId: string }; output: TemplateView };
  'voucher.getTemplate': { input: { templateId: string }; output: TemplateView };
  'voucher.listTemplates': {
    input: { cityCode?: CityCode; status?: TemplateStatus } & PageInput;
    output: Page<TemplateView>;
  };
  'voucher.issue': { input: RosterOwner; output: JobView };
  'voucher.listMine': { input: PageInput; output: Page<VoucherView> };
  'voucher.getMine': { input: { voucherId: string }; output: VoucherDetailView };
  'voucher.claim': { input: { voucherId: string; channelNumber: string }; output: VoucherReceipt };
  'voucher.showCode': { input: { voucherId: string }; output: DynamicCode };
  'voucher.listVouchers': {
    input: { classId?: string; templateId?: string; status?: VoucherStatus } & PageInput;
    output: Page<VoucherView>;
  };
  'voucher.getVoucher': { input: { voucherId: string }; output: VoucherDetailView };
  'voucher.void': { input: { voucherId: string; reason: string }; output: VoucherReceipt };
  'voucher.voidBatch': {
    input: { reason: string } & ({ classId: string } | { voucherCodes: string[] });
    output: JobView;
  };
  'voucher.getJob': { input: { jobId: string }; output: JobView };
  'voucher.listJobRefusals': { input: { jobId: string } & PageInput; output: Page<JobRefusal> };

  'verification.use': { input: UseInput; output: VoucherReceipt };
  'verification.reverse': { input: { voucherId: string; reason: string }; output: VoucherReceipt };
  'verification.listVerifications': {
    input: { institutionId: string; outcome?: 'accepted' | 'refused'; classId?: string } & PageInput;
    output: Page<VerificationView>;
  };
  'verification.countToday': { input: { institutionId: string }; output: { acceptedCount: number } };

  'settlement.createBatch': {
    input: { institutionId: string; projectId: ProjectId; title: string };
    output: BatchView;
  };
  'settlement.checkCodes': { input: { batchId: string; fileId: string }; output: ImportReport };
  'settlement.importCodes': { input: { batchId: string; fileId: string }; output: JobView };
  'settlement.addVouchers': { input: { batchId: string; voucherIds: string[] }; output: JobView };
  'settlement.removeItem': {
    input: { batchId: string; voucherId: string; reason: string };
    output: VoucherReceipt;
  };
  'settlement.submitBatch': { input: { batchId: string }; output: BatchView };
  'settlement.reviewBatch': { input: { batchId: string }; output: BatchView };
  'settlement.approveBatch': { input: { batchId: string }; output: BatchView };
  'settlement.returnBatch': { input: { batchId: string; reason: string }; output: BatchView };
  'settlement.payBatch': {
    input: { batchId: string; paidFen: Fen; paidOn: string; reference: string };
    output: BatchView;
  };
  'settlement.getBatch': { input: { batchId: string }; output: BatchView };
  'settlement.listBatches': {
    input: { status?: BatchStatus; institutionId?: string; cityCode?: CityCode } & PageInput;
    output: Page<BatchView>;
  };
  'settlement.listItems': { input: { batchId: string } & PageInput; output: Page<BatchItemView> };
  'settlement.getJob': { input: { jobId: string }; output: JobView };
  'settlement.listJobRefusals': { input: { jobId: string } & PageInput; output: Page<JobRefusal> };
}

/** People fixed beforehand: those of a class (定向券) or the recipients of a general template (通用券). */
export type RosterOwner = { classId: string } | { templateId: string };
export type RosterFile = RosterOwner & { fileId: string };

/** `classId` names the class for a 通用券, which is bound to one only by the scan. */
export type UseInput = ({ qrText: string } | { voucherId: string; digits: string }) & { classId?: string };

export type OperationName = keyof OperationTypes;
export type InputOf<Name extends OperationName> = OperationTypes[Name]['input'];
export type OutputOf<Name extends OperationName> = OperationTypes[Name]['output'];

export type FunctionName = OperationName extends `${infer Prefix}.${string}` ? Prefix : never;
export type OperationsOf<F extends FunctionName> = Extract<OperationName, `${F}.${string}`>;

export interface OperationRow {
  /** Who may call it; 'anyone' needs WeChat's identity but no sign-in. Everything not listed is refused. */
  roles: readonly Role[] | 'anyone';
  /** Changes something, so it takes a requestId. */
  writes: boolean;
  /** Refusals beyond those that every operation shares (COMMON_ERRORS). */
  errors: readonly ErrorCode[];
}

/** Refusals of the shared path: identity, role, input, idempotency, service. */
export const COMMON_ERRORS = [
  'identity_missing',
  'sign_in_required',
  'role_not_allowed',
  'operation_unknown',
  'invalid_input',
  'request_id_missing',
  'request_id_reused',
  'service_busy',
  'write_conflict',
  'internal',
] as const satisfies readonly ErrorCode[];

const STAFF = ['clerk', 'reviewer', 'payer', 'province'] as const satisfies readonly Role[];
const STAFF_AND_INSTITUTION = ['administrator', ...STAFF] as const satisfies readonly Role[];

const FILE_ERRORS = [
  'file_not_found',
  'file_empty',
  'file_too_large',
  'file_type_unsupported',
  'file_corrupt',
  'file_expands_too_much',
  'file_rows_too_many',
  'file_has_no_rows',
  'file_column_missing',
  'file_column_repeated',
] as const satisfies readonly ErrorCode[];

/** Rows of a file or a job are refused one by one with these; the operation itself goes on. */
const ROSTER_ROW_ERRORS = [
  'id_number_invalid',
  'name_missing',
  'phone_invalid',
  'cell_not_yes_or_no',
  'cell_too_long',
  'duplicate_in_file',
  'already_on_roster',
  'already_holds_voucher',
  'no_labour_contract',
  'no_pension_insurance',
  'age_out_of_range',
] as const satisfies readonly ErrorCode[];

const CODE_ROW_ERRORS = [
  'voucher_code_unknown',
  'voucher_code_malformed',
  'duplicate_in_file',
  'voucher_not_for_this_institution',
  'voucher_of_other_project',
  'voucher_of_other_city',
  'voucher_not_used',
  'voucher_in_batch',
  'voucher_already_settled',
  'voucher_voided',
  'voucher_expired',
] as const satisfies readonly ErrorCode[];

const reads = (roles: OperationRow['roles'], ...errors: ErrorCode[]): OperationRow => ({
  roles,
  writes: false,
  errors,
});
const writes = (roles: OperationRow['roles'], ...errors: ErrorCode[]): OperationRow => ({
  roles,
  writes: true,
  errors,
});

/** Roles and refusals of every operation: deny by default, one row each. */
export const OPERATIONS: { readonly [Name in OperationName]: OperationRow } = {
  'account.startSignIn': reads('anyone', 'gateway_unavailable'),
  'account.signIn': writes(
    'anyone',
    'consent_required',
    'sign_in_failed',
    'essc_card_not_valid',
    'gateway_unavailable',
  ),
  'account.getAccount': reads(['worker']),
  'account.signOut': writes(['worker']),
  'account.grantRole': writes(['province'], 'id_number_invalid', 'name_missing', 'role_already_granted'),
  'account.revokeRole': writes(['province'], 'person_not_found', 'role_not_granted'),
  'account.listStaff': reads(['province']),

  'entry.listChannels': reads('anyone'),
  'entry.addChannel': writes(['clerk'], 'channel_already_exists'),
  'entry.setChannel': writes(['clerk'], 'channel_not_found'),

  'training.addInstitution': writes(['clerk'], 'uscc_invalid', 'institution_already_exists'),
  'training.setInstitution': writes(['clerk'], 'institution_not_found'),
  'training.listInstitutions': reads(STAFF_AND_INSTITUTION),
  'training.addAdministrator': writes(
    ['clerk'],
    'institution_not_found',
    'id_number_invalid',
    'name_missing',
    'institution_not_active',
    'role_already_granted',
  ),
  'training.removeAdministrator': writes(
    ['clerk'],
    'institution_not_found',
    'person_not_found',
    'role_not_granted',
  ),
  'training.listAdministrators': reads(['clerk', 'province'], 'institution_not_found'),
  'training.createClass': writes(
    ['administrator'],
    'institution_not_found',
    'institution_not_active',
    'template_not_found',
    'template_not_published',
    'institution_not_allowed_for_template',
    'class_days_contradictory',
  ),
  'training.amendClass': writes(
    ['administrator'],
    'class_not_found',
    'class_not_editable',
    'class_days_contradictory',
  ),
  'training.submitClass': writes(
    ['administrator'],
    'class_not_found',
    'class_not_editable',
    'class_roster_empty',
  ),
  'training.approveClass': writes(
    ['clerk'],
    'class_not_found',
    'class_not_submitted',
    'template_not_published',
  ),
  'training.returnClass': writes(['clerk'], 'class_not_found', 'class_not_submitted'),
  'training.startClass': writes(['administrator'], 'class_not_found', 'class_not_approved'),
  'training.finishClass': writes(
    ['administrator'],
    'class_not_found',
    'class_not_running',
    'class_not_yet_over',
  ),
  'training.getClass': reads(STAFF_AND_INSTITUTION, 'class_not_found'),
  'training.listClasses': reads(STAFF_AND_INSTITUTION),
  'training.getRosterForm': reads(['administrator', 'clerk']),
  'training.checkRoster': reads(
    ['administrator', 'clerk'],
    'class_not_found',
    'template_not_found',
    'roster_locked',
    'template_not_general',
    ...FILE_ERRORS,
    ...ROSTER_ROW_ERRORS,
  ),
  'training.importRoster': writes(
    ['administrator', 'clerk'],
    'class_not_found',
    'template_not_found',
    'roster_locked',
    'template_not_general',
    ...FILE_ERRORS,
    ...ROSTER_ROW_ERRORS,
  ),
  'training.listRoster': reads(STAFF_AND_INSTITUTION, 'class_not_found', 'template_not_found'),
  'training.removeRosterEntry': writes(
    ['administrator', 'clerk'],
    'roster_entry_not_found',
    'roster_locked',
    'already_holds_voucher',
  ),

  'voucher.createTemplate': writes(
    ['clerk'],
    'institution_not_found',
    'template_days_contradictory',
    'template_budget_below_amount',
  ),
  'voucher.amendTemplate': writes(
    ['clerk'],
    'template_not_found',
    'institution_not_found',
    'template_not_draft',
    'template_closed',
    'template_days_contradictory',
    'template_budget_below_amount',
    'template_below_issued',
  ),
  'voucher.publishTemplate': writes(['clerk'], 'template_not_found', 'template_not_draft'),
  'voucher.closeTemplate': writes(['clerk'], 'template_not_found', 'template_not_published'),
  'voucher.getTemplate': reads(STAFF_AND_INSTITUTION, 'template_not_found'),
  'voucher.listTemplates': reads(STAFF_AND_INSTITUTION),
  'voucher.issue': writes(
    ['clerk'],
    'class_not_found',
    'template_not_found',
    'template_not_published',
    'template_not_general',
    'template_is_general',
    'class_not_approved',
    'class_roster_empty',
    'class_issue_running',
    'already_holds_voucher',
    'template_quota_exceeded',
    'template_budget_exceeded',
  ),
  'voucher.listMine': reads(['worker']),
  'voucher.getMine': reads(['worker'], 'voucher_not_found'),
  'voucher.claim': writes(
    ['worker'],
    'voucher_not_found',
    'channel_not_open',
    'voucher_already_claimed',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
    'claim_deadline_passed',
  ),
  'voucher.showCode': reads(
    ['worker'],
    'voucher_not_found',
    'voucher_not_yet_claimed',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
  ),
  'voucher.listVouchers': reads(STAFF_AND_INSTITUTION, 'class_not_found', 'template_not_found'),
  'voucher.getVoucher': reads(STAFF_AND_INSTITUTION, 'voucher_not_found'),
  'voucher.void': writes(
    ['clerk'],
    'voucher_not_found',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
  ),
  'voucher.voidBatch': writes(
    ['clerk'],
    'class_not_found',
    'voucher_code_unknown',
    'voucher_code_malformed',
    'duplicate_in_file',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
  ),
  'voucher.getJob': reads(STAFF_AND_INSTITUTION, 'job_not_found'),
  'voucher.listJobRefusals': reads(STAFF_AND_INSTITUTION, 'job_not_found'),

  'verification.use': writes(
    ['administrator'],
    'code_unrecognised',
    'code_forged',
    'code_expired',
    'code_replayed',
    'digits_wrong',
    'digits_locked',
    'voucher_not_found',
    'voucher_not_for_this_institution',
    'voucher_not_for_this_class',
    'class_required',
    'class_not_found',
    'class_not_running',
    'voucher_not_yet_claimed',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
  ),
  'verification.reverse': writes(
    ['administrator', 'clerk'],
    'voucher_not_found',
    'voucher_not_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'undo_window_over',
  ),
  'verification.listVerifications': reads(['administrator', 'clerk', 'province'], 'institution_not_found'),
  'verification.countToday': reads(['administrator', 'clerk', 'province'], 'institution_not_found'),

  'settlement.createBatch': writes(['administrator'], 'institution_not_found', 'institution_not_active'),
  'settlement.checkCodes': reads(
    ['administrator'],
    'batch_not_found',
    'batch_not_draft',
    ...FILE_ERRORS,
    ...CODE_ROW_ERRORS,
  ),
  'settlement.importCodes': writes(
    ['administrator'],
    'batch_not_found',
    'batch_not_draft',
    'batch_import_running',
    'batch_full',
    ...FILE_ERRORS,
    ...CODE_ROW_ERRORS,
  ),
  'settlement.addVouchers': writes(
    ['administrator'],
    'batch_not_found',
    'batch_not_draft',
    'batch_import_running',
    'batch_full',
    'voucher_not_found',
    ...CODE_ROW_ERRORS,
  ),
  'settlement.removeItem': writes(
    ['administrator', 'reviewer'],
    'batch_not_found',
    'voucher_not_in_batch',
    'batch_not_draft',
    'batch_not_submitted',
  ),
  'settlement.submitBatch': writes(
    ['administrator'],
    'batch_not_found',
    'batch_not_draft',
    'batch_import_running',
    'batch_empty',
  ),
  'settlement.reviewBatch': writes(
    ['reviewer'],
    'batch_not_found',
    'batch_not_submitted',
    'batch_same_person',
    'batch_empty',
  ),
  'settlement.approveBatch': writes(
    ['reviewer'],
    'batch_not_found',
    'batch_not_reviewed',
    'batch_same_person',
    'batch_total_differs',
  ),
  'settlement.returnBatch': writes(['reviewer'], 'batch_not_found', 'batch_not_returnable'),
  'settlement.payBatch': writes(
    ['payer'],
    'batch_not_found',
    'batch_not_approved',
    'batch_same_person',
    'batch_total_differs',
    'paid_amount_differs',
  ),
  'settlement.getBatch': reads(STAFF_AND_INSTITUTION, 'batch_not_found'),
  'settlement.listBatches': reads(STAFF_AND_INSTITUTION),
  'settlement.listItems': reads(STAFF_AND_INSTITUTION, 'batch_not_found'),
  'settlement.getJob': reads(STAFF_AND_INSTITUTION, 'job_not_found'),
  'settlement.listJobRefusals': reads(STAFF_AND_INSTITUTION, 'job_not_found'),
};

/** Every code that an operation can answer, the shared ones included. */
export const errorsOf = (name: OperationName): readonly ErrorCode[] => [
  ...COMMON_ERRORS,
  ...OPERATIONS[name].errors,
];

export const isOperationName = (value: unknown): value is OperationName =>
  typeof value === 'string' && hasKey(OPERATIONS, value);

/** The cloud function that answers an operation: the part before the dot. */
export const functionOf = (name: OperationName): FunctionName => name.split('.')[0] as FunctionName;
