import type { Plain } from './brand';
import { hasKey } from './has-key';
import type { AccountView, SignInStart, StaffView } from './accounts';
import type { CityCode, OfCities } from './areas';
import type { ChannelKind, ChannelView } from './channels';
import type { ErrorCode } from './error-codes';
import type { Fen } from './fen';
import type {
  BatchId,
  ChannelNumber,
  ClassId,
  InstitutionId,
  JobId,
  PersonKey,
  RosterEntryId,
  TemplateId,
  VoucherId,
} from './ids';
import type { ImportReport, UploadPlace } from './imports';
import type { JobRefusal, JobView } from './jobs';
import type { Page, PageInput } from './paging';
import type { PlatformQueueView, StuckVoucherView } from './platform';
import type { ProjectId } from './projects';
import type { CityRole, Role } from './roles';
import type { BatchDetailView, BatchItemView, BatchStatus, BatchView } from './settlement';
import type { TemplateDetailView, TemplateFields, TemplateStatus, TemplateView } from './templates';
import type {
  AdministratorView,
  ClassDetailView,
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
import type { WaitingBatches, WaitingClasses } from './waiting';

/**
 * The whole API: what each operation takes and answers.
 * Call `wx.cloud.callFunction({ name, data: { operation, requestId?, input } })`; `name` is the part before the dot.
 */
export interface OperationTypes {
  'account.startSignIn': { input: { channelNumber?: ChannelNumber }; output: SignInStart };
  'account.signIn': {
    input: { authCode: string; consentVersion: string; channelNumber?: ChannelNumber };
    output: AccountView;
  };
  'account.getAccount': { input: Record<string, never>; output: AccountView };
  'account.signOut': { input: Record<string, never>; output: Record<string, never> };
  'account.grantRole': {
    input: { name: string; idNumber: string; role: CityRole; cityCode: CityCode };
    output: StaffView;
  };
  'account.revokeRole': {
    input: { personId: PersonKey; role: CityRole; cityCode: CityCode };
    output: StaffView;
  };
  'account.listStaff': { input: { cityCode: CityCode } & PageInput; output: Page<StaffView> };

  'entry.listChannels': { input: { cityCode: CityCode }; output: { channels: ChannelView[] } };
  'entry.addChannel': {
    input: {
      channelNumber: ChannelNumber;
      cityCode: CityCode;
      name: string;
      kind: ChannelKind;
      issuing: boolean;
    };
    output: ChannelView;
  };
  'entry.setChannel': {
    input: { channelNumber: ChannelNumber; issuing?: boolean; voucherOpen?: boolean };
    output: ChannelView;
  };

  'training.addInstitution': {
    input: { name: string; uscc: string; cityCode: CityCode };
    output: InstitutionView;
  };
  'training.setInstitution': {
    input: { institutionId: InstitutionId; name?: string; active?: boolean };
    output: InstitutionView;
  };
  'training.getInstitution': { input: { institutionId: InstitutionId }; output: InstitutionView };
  /** Of cities; `own` asks for those that the caller works for. */
  'training.listInstitutions': {
    input: OfCities & { own?: true } & PageInput;
    output: Page<InstitutionView>;
  };
  'training.addAdministrator': {
    input: { institutionId: InstitutionId; name: string; idNumber: string };
    output: AdministratorView;
  };
  'training.removeAdministrator': {
    input: { institutionId: InstitutionId; personId: PersonKey };
    output: { personId: PersonKey };
  };
  'training.listAdministrators': {
    input: { institutionId: InstitutionId } & PageInput;
    output: Page<AdministratorView>;
  };
  'training.createClass': { input: { institutionId: InstitutionId } & ClassFields; output: ClassView };
  'training.amendClass': {
    input: { classId: ClassId } & Partial<Omit<ClassFields, 'templateId'>>;
    output: ClassView;
  };
  /** What the institution wants the reviewing clerk to know; an empty text takes it away. */
  'training.noteClass': { input: { classId: ClassId; note: string }; output: ClassView };
  'training.submitClass': { input: { classId: ClassId }; output: ClassView };
  'training.approveClass': { input: { classId: ClassId }; output: ClassView };
  'training.returnClass': { input: { classId: ClassId; reason: string }; output: ClassView };
  'training.startClass': { input: { classId: ClassId }; output: ClassView };
  'training.finishClass': { input: { classId: ClassId }; output: ClassView };
  'training.getClass': { input: { classId: ClassId }; output: ClassDetailView };
  'training.listClasses': {
    input: OfCities & { status?: ClassStatus; institutionId?: InstitutionId } & PageInput;
    output: Page<ClassView>;
  };
  /** Classes of these cities that wait for the caller, by what is to be done with them. */
  'training.countWaiting': { input: { cityCodes: CityCode[] }; output: { items: WaitingClasses[] } };
  /** An empty roster to fill in: a workbook behind a link that expires. */
  'training.getRosterForm': { input: Record<string, never>; output: { fileUrl: string } };
  /** Where to upload a roster: only what lies there can be checked and imported, by the same person, into the same roster. */
  'training.startUpload': { input: RosterOwner; output: UploadPlace };
  'training.checkRoster': { input: RosterFile; output: ImportReport };
  'training.importRoster': { input: RosterFile; output: ImportReport };
  'training.listRoster': { input: RosterOwner & PageInput; output: Page<RosterEntryView> };
  'training.removeRosterEntry': { input: { entryId: RosterEntryId }; output: { entryId: RosterEntryId } };

  'voucher.createTemplate': { input: TemplateFields; output: TemplateView };
  'voucher.amendTemplate': {
    input: { templateId: TemplateId } & Partial<Omit<TemplateFields, 'cityCode' | 'issueMode'>>;
    output: TemplateView;
  };
  'voucher.publishTemplate': { input: { templateId: TemplateId }; output: TemplateView };
  'voucher.closeTemplate': { input: { templateId: TemplateId }; output: TemplateView };
  'voucher.getTemplate': { input: { templateId: TemplateId }; output: TemplateDetailView };
  'voucher.listTemplates': {
    input: OfCities & { status?: TemplateStatus } & PageInput;
    output: Page<TemplateView>;
  };
  'voucher.issue': { input: RosterOwner; output: JobView };
  'voucher.listMine': { input: PageInput; output: Page<VoucherView> };
  'voucher.getMine': { input: { voucherId: VoucherId }; output: VoucherDetailView };
  'voucher.claim': { input: { voucherId: VoucherId; channelNumber: ChannelNumber }; output: VoucherReceipt };
  'voucher.showCode': { input: { voucherId: VoucherId }; output: DynamicCode };
  'voucher.listVouchers': {
    input: { classId?: ClassId; templateId?: TemplateId; status?: VoucherStatus } & PageInput;
    output: Page<VoucherView>;
  };
  'voucher.getVoucher': { input: { voucherId: VoucherId }; output: VoucherDetailView };
  'voucher.void': { input: { voucherId: VoucherId; reason: string }; output: VoucherReceipt };
  'voucher.voidBatch': {
    input: { reason: string } & ({ classId: ClassId } | { voucherCodes: string[] });
    output: JobView;
  };
  /** The messages to the ministry's platform that wait, of these cities or of all that the caller may see. */
  'voucher.countUndelivered': { input: OfCities; output: PlatformQueueView };
  /** Vouchers whose next message cannot be delivered, with the reason. */
  'voucher.listUndelivered': { input: OfCities & PageInput; output: Page<StuckVoucherView> };
  /** Sends the next message of a voucher again. */
  'voucher.resend': { input: { voucherId: VoucherId }; output: { voucherId: VoucherId } };
  /** Accepts the platform's word on a step that it refused; a voucher that still lives ends by it. */
  'voucher.acceptRefusal': {
    input: { voucherId: VoucherId };
    output: { voucherId: VoucherId; status: VoucherStatus };
  };
  'voucher.getJob': { input: { jobId: JobId }; output: JobView };
  'voucher.listJobRefusals': { input: { jobId: JobId } & PageInput; output: Page<JobRefusal> };

  'verification.use': { input: UseInput; output: VoucherReceipt };
  'verification.reverse': { input: { voucherId: VoucherId; reason: string }; output: VoucherReceipt };
  'verification.listVerifications': {
    input: { institutionId: InstitutionId; outcome?: 'accepted' | 'refused'; classId?: ClassId } & PageInput;
    output: Page<VerificationView>;
  };
  'verification.countToday': { input: { institutionId: InstitutionId }; output: { acceptedCount: number } };

  'settlement.createBatch': {
    input: { institutionId: InstitutionId; projectId: ProjectId; title: string };
    output: BatchView;
  };
  /** The same for a file of 券码. */
  'settlement.startUpload': { input: { batchId: BatchId }; output: UploadPlace };
  'settlement.checkCodes': { input: { batchId: BatchId; fileId: string }; output: ImportReport };
  'settlement.importCodes': { input: { batchId: BatchId; fileId: string }; output: JobView };
  'settlement.addVouchers': { input: { batchId: BatchId; voucherIds: VoucherId[] }; output: JobView };
  'settlement.removeItem': {
    input: { batchId: BatchId; voucherId: VoucherId; reason: string };
    output: VoucherReceipt;
  };
  'settlement.submitBatch': { input: { batchId: BatchId }; output: BatchView };
  'settlement.reviewBatch': { input: { batchId: BatchId }; output: BatchView };
  'settlement.approveBatch': { input: { batchId: BatchId }; output: BatchView };
  'settlement.returnBatch': { input: { batchId: BatchId; reason: string }; output: BatchView };
  'settlement.payBatch': {
    input: { batchId: BatchId; paidFen: Fen; paidOn: string; reference: string };
    output: BatchView;
  };
  'settlement.getBatch': { input: { batchId: BatchId }; output: BatchDetailView };
  'settlement.listBatches': {
    input: OfCities & { status?: BatchStatus; institutionId?: InstitutionId } & PageInput;
    output: Page<BatchView>;
  };
  /** Batches of these cities that wait for the caller, by what is to be done with them. */
  'settlement.countWaiting': { input: { cityCodes: CityCode[] }; output: { items: WaitingBatches[] } };
  'settlement.listItems': { input: { batchId: BatchId } & PageInput; output: Page<BatchItemView> };
  'settlement.getJob': { input: { jobId: JobId }; output: JobView };
  'settlement.listJobRefusals': { input: { jobId: JobId } & PageInput; output: Page<JobRefusal> };
}

/** People fixed beforehand: those of a class (定向券) or the recipients of a general template (通用券). */
export type RosterOwner = { classId: ClassId } | { templateId: TemplateId };
export type RosterFile = RosterOwner & { fileId: string };

/**
 * The picture; or digits with the voucher that a list has named, or whose 券码 was read out: no list of the institution
 * has a 通用券. `classId` names the class for one, which is bound to a class only by the scan.
 */
export type UseInput = (
  { qrText: string } | { voucherId: VoucherId; digits: string } | { voucherCode: string; digits: string }
) & { classId?: ClassId };

export type OperationName = keyof OperationTypes;
export type InputOf<Name extends OperationName> = OperationTypes[Name]['input'];
/** The input as a caller has it, who knows ids and amounts as texts and numbers. */
export type PlainInputOf<Name extends OperationName> = Plain<InputOf<Name>>;
export type OutputOf<Name extends OperationName> = OperationTypes[Name]['output'];

export type FunctionName = OperationName extends `${infer Prefix}.${string}` ? Prefix : never;
export type OperationsOf<F extends FunctionName> = Extract<OperationName, `${F}.${string}`>;

/**
 * Whose record an operation is about: the one that its input names, or those that a list shows. Somebody else's does not
 * exist for the caller. 'self' is the caller's own, 'nobody' belongs to no one.
 */
export type Subject =
  | 'nobody'
  | 'self'
  | 'staff'
  | 'channel'
  | 'institution'
  | 'administrator'
  | 'class'
  | 'rosterEntry'
  | 'template'
  | 'voucher'
  | 'batch'
  | 'job';

export interface OperationRow {
  /** Who may call it; 'anyone' needs WeChat's identity but no sign-in. Everything not listed is refused. */
  roles: readonly Role[] | 'anyone';
  about: Subject;
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
  'file_sheet_hidden',
  'file_numbers_rounded',
] as const satisfies readonly ErrorCode[];

/** Cells of any file are refused one by one with these; the operation itself goes on. */
const CELL_ERRORS = [
  'cell_not_calculated',
  'cell_formula_failed',
  'number_rounded',
] as const satisfies readonly ErrorCode[];

/** Rows of a file or a job are refused one by one with these. */
const ROSTER_ROW_ERRORS = [
  ...CELL_ERRORS,
  'id_number_invalid',
  'name_missing',
  'name_character_unusable',
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
  ...CELL_ERRORS,
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
  'voucher_disputed',
  'batch_total_too_large',
] as const satisfies readonly ErrorCode[];

const reads = (roles: OperationRow['roles'], about: Subject, ...errors: ErrorCode[]) => ({
  roles,
  about,
  writes: false as const,
  errors,
});
const writes = (roles: OperationRow['roles'], about: Subject, ...errors: ErrorCode[]) => ({
  roles,
  about,
  writes: true as const,
  errors,
});

const ROWS = {
  'account.startSignIn': reads('anyone', 'nobody', 'gateway_unavailable'),
  'account.signIn': writes(
    'anyone',
    'self',
    'consent_required',
    'sign_in_failed',
    'essc_card_not_valid',
    'gateway_unavailable',
  ),
  'account.getAccount': reads(['worker'], 'self'),
  'account.signOut': writes(['worker'], 'self'),
  'account.grantRole': writes(
    ['province'],
    'staff',
    'id_number_invalid',
    'name_missing',
    'name_character_unusable',
    'cell_too_long',
    'role_to_oneself',
    'role_already_granted',
  ),
  'account.revokeRole': writes(['province'], 'staff', 'person_not_found', 'role_not_granted'),
  'account.listStaff': reads(['province'], 'staff'),

  'entry.listChannels': reads('anyone', 'channel'),
  'entry.addChannel': writes(['clerk'], 'channel', 'channel_already_exists'),
  'entry.setChannel': writes(['clerk'], 'channel', 'channel_not_found'),

  'training.addInstitution': writes(['clerk'], 'institution', 'uscc_invalid', 'institution_already_exists'),
  'training.setInstitution': writes(['clerk'], 'institution', 'institution_not_found', 'institution_is_own'),
  'training.getInstitution': reads(STAFF_AND_INSTITUTION, 'institution', 'institution_not_found'),
  'training.listInstitutions': reads(STAFF_AND_INSTITUTION, 'institution'),
  'training.addAdministrator': writes(
    ['clerk'],
    'administrator',
    'institution_not_found',
    'id_number_invalid',
    'name_missing',
    'name_character_unusable',
    'cell_too_long',
    'institution_is_own',
    'institution_not_active',
    'role_to_oneself',
    'role_already_granted',
  ),
  'training.removeAdministrator': writes(
    ['clerk'],
    'administrator',
    'institution_not_found',
    'institution_is_own',
    'person_not_found',
    'role_not_granted',
  ),
  'training.listAdministrators': reads(['clerk', 'province'], 'administrator', 'institution_not_found'),
  'training.createClass': writes(
    ['administrator'],
    'class',
    'institution_not_found',
    'institution_not_active',
    'template_not_found',
    'template_not_published',
    'institution_not_allowed_for_template',
    'class_days_contradictory',
  ),
  'training.amendClass': writes(
    ['administrator'],
    'class',
    'class_not_found',
    'class_not_editable',
    'class_days_contradictory',
  ),
  'training.noteClass': writes(['administrator'], 'class', 'class_not_found', 'class_not_editable'),
  'training.submitClass': writes(
    ['administrator'],
    'class',
    'class_not_found',
    'class_not_editable',
    'institution_not_active',
    'template_not_published',
    'institution_not_allowed_for_template',
    'class_roster_empty',
  ),
  'training.approveClass': writes(
    ['clerk'],
    'class',
    'class_not_found',
    'class_not_submitted',
    'institution_is_own',
    'institution_not_active',
    'template_not_published',
    'institution_not_allowed_for_template',
  ),
  'training.returnClass': writes(
    ['clerk'],
    'class',
    'class_not_found',
    'class_not_submitted',
    'institution_is_own',
  ),
  'training.startClass': writes(
    ['administrator'],
    'class',
    'class_not_found',
    'class_not_approved',
    'institution_not_active',
  ),
  'training.finishClass': writes(
    ['administrator'],
    'class',
    'class_not_found',
    'class_not_running',
    'class_not_yet_over',
  ),
  'training.getClass': reads(STAFF_AND_INSTITUTION, 'class', 'class_not_found'),
  'training.listClasses': reads(STAFF_AND_INSTITUTION, 'class'),
  'training.countWaiting': reads(['clerk'], 'class'),
  'training.getRosterForm': reads(['administrator', 'clerk'], 'nobody'),
  'training.startUpload': writes(
    ['administrator', 'clerk'],
    'class',
    'class_not_found',
    'template_not_found',
    'roster_locked',
    'template_not_general',
  ),
  'training.checkRoster': reads(
    ['administrator', 'clerk'],
    'class',
    'class_not_found',
    'template_not_found',
    'roster_locked',
    'template_not_general',
    ...FILE_ERRORS,
    ...ROSTER_ROW_ERRORS,
  ),
  'training.importRoster': writes(
    ['administrator', 'clerk'],
    'class',
    'class_not_found',
    'template_not_found',
    'roster_locked',
    'template_not_general',
    ...FILE_ERRORS,
    ...ROSTER_ROW_ERRORS,
  ),
  'training.listRoster': reads(STAFF_AND_INSTITUTION, 'class', 'class_not_found', 'template_not_found'),
  'training.removeRosterEntry': writes(
    ['administrator', 'clerk'],
    'rosterEntry',
    'roster_entry_not_found',
    'roster_locked',
    'already_holds_voucher',
    'class_issue_running',
  ),

  'voucher.createTemplate': writes(
    ['clerk'],
    'template',
    'institution_not_found',
    'template_days_contradictory',
    'template_budget_below_amount',
  ),
  'voucher.amendTemplate': writes(
    ['clerk'],
    'template',
    'template_not_found',
    'institution_not_found',
    'template_not_draft',
    'template_closed',
    'template_days_contradictory',
    'template_budget_below_amount',
    'template_below_issued',
  ),
  'voucher.publishTemplate': writes(['clerk'], 'template', 'template_not_found', 'template_not_draft'),
  'voucher.closeTemplate': writes(['clerk'], 'template', 'template_not_found', 'template_not_published'),
  'voucher.getTemplate': reads(STAFF_AND_INSTITUTION, 'template', 'template_not_found'),
  'voucher.listTemplates': reads(STAFF_AND_INSTITUTION, 'template'),
  'voucher.issue': writes(
    ['clerk'],
    'class',
    'class_not_found',
    'template_not_found',
    'institution_not_active',
    'template_not_published',
    'institution_not_allowed_for_template',
    'template_not_general',
    'template_is_general',
    'class_not_approved',
    'institution_is_own',
    'class_roster_empty',
    'class_issue_running',
    'already_holds_voucher',
    'template_quota_exceeded',
    'template_budget_exceeded',
  ),
  'voucher.listMine': reads(['worker'], 'self'),
  'voucher.getMine': reads(['worker'], 'voucher', 'voucher_not_found'),
  'voucher.claim': writes(
    ['worker'],
    'voucher',
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
    'voucher',
    'voucher_not_found',
    'voucher_not_yet_claimed',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
  ),
  'voucher.listVouchers': reads(STAFF_AND_INSTITUTION, 'class', 'class_not_found', 'template_not_found'),
  'voucher.getVoucher': reads(STAFF_AND_INSTITUTION, 'voucher', 'voucher_not_found'),
  'voucher.void': writes(
    ['clerk'],
    'voucher',
    'voucher_not_found',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
    'institution_is_own',
  ),
  'voucher.voidBatch': writes(
    ['clerk'],
    'class',
    'class_not_found',
    'voucher_code_unknown',
    'voucher_code_malformed',
    'duplicate_in_file',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
    'institution_is_own',
  ),
  'voucher.countUndelivered': reads(['clerk', 'province'], 'voucher'),
  'voucher.listUndelivered': reads(['clerk', 'province'], 'voucher'),
  'voucher.resend': writes(['clerk', 'province'], 'voucher', 'voucher_not_found', 'voucher_not_undelivered'),
  'voucher.acceptRefusal': writes(
    ['clerk'],
    'voucher',
    'voucher_not_found',
    'institution_is_own',
    'voucher_not_disputed',
    'voucher_in_batch',
  ),
  'voucher.getJob': reads(STAFF_AND_INSTITUTION, 'job', 'job_not_found'),
  'voucher.listJobRefusals': reads(STAFF_AND_INSTITUTION, 'job', 'job_not_found'),

  'verification.use': writes(
    ['administrator'],
    'voucher',
    'code_unrecognised',
    'code_forged',
    'code_expired',
    'code_replayed',
    'digits_wrong',
    'digits_locked',
    'voucher_code_malformed',
    'voucher_not_found',
    'voucher_not_for_this_institution',
    'voucher_not_for_this_class',
    'class_required',
    'class_not_found',
    'class_not_running',
    'voucher_being_made',
    'voucher_not_yet_claimed',
    'voucher_already_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
  ),
  'verification.reverse': writes(
    ['administrator', 'clerk'],
    'voucher',
    'voucher_not_found',
    'voucher_not_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'institution_is_own',
    'undo_window_over',
  ),
  'verification.listVerifications': reads(
    ['administrator', 'clerk', 'province'],
    'institution',
    'institution_not_found',
  ),
  'verification.countToday': reads(
    ['administrator', 'clerk', 'province'],
    'institution',
    'institution_not_found',
  ),

  'settlement.createBatch': writes(
    ['administrator'],
    'institution',
    'institution_not_found',
    'institution_not_active',
  ),
  'settlement.startUpload': writes(['administrator'], 'batch', 'batch_not_found', 'batch_not_draft'),
  'settlement.checkCodes': reads(
    ['administrator'],
    'batch',
    'batch_not_found',
    'batch_not_draft',
    'batch_full',
    ...FILE_ERRORS,
    ...CODE_ROW_ERRORS,
  ),
  'settlement.importCodes': writes(
    ['administrator'],
    'batch',
    'batch_not_found',
    'batch_not_draft',
    'batch_import_running',
    'batch_full',
    ...FILE_ERRORS,
    ...CODE_ROW_ERRORS,
  ),
  'settlement.addVouchers': writes(
    ['administrator'],
    'batch',
    'batch_not_found',
    'batch_not_draft',
    'batch_import_running',
    'batch_full',
    'voucher_not_found',
    ...CODE_ROW_ERRORS,
  ),
  'settlement.removeItem': writes(
    ['administrator', 'reviewer'],
    'batch',
    'batch_not_found',
    'voucher_not_in_batch',
    'batch_not_draft',
    'batch_not_submitted',
    'batch_same_person',
    'institution_is_own',
  ),
  'settlement.submitBatch': writes(
    ['administrator'],
    'batch',
    'batch_not_found',
    'batch_not_draft',
    'institution_not_active',
    'batch_import_running',
    'batch_empty',
    'batch_voucher_disputed',
    'batch_total_too_large',
  ),
  'settlement.reviewBatch': writes(
    ['reviewer'],
    'batch',
    'batch_not_found',
    'batch_not_submitted',
    'batch_same_person',
    'institution_is_own',
    'batch_empty',
  ),
  'settlement.approveBatch': writes(
    ['reviewer'],
    'batch',
    'batch_not_found',
    'batch_not_reviewed',
    'batch_same_person',
    'institution_is_own',
    'batch_empty',
    'batch_total_differs',
    'batch_voucher_disputed',
  ),
  'settlement.returnBatch': writes(
    ['reviewer', 'payer'],
    'batch',
    'batch_not_found',
    'batch_not_returnable',
    'batch_not_approved',
    'batch_same_person',
    'institution_is_own',
  ),
  'settlement.payBatch': writes(
    ['payer'],
    'batch',
    'batch_not_found',
    'batch_not_approved',
    'batch_same_person',
    'institution_is_own',
    'payment_day_out_of_range',
    'batch_empty',
    'batch_total_differs',
    'batch_voucher_disputed',
    'paid_amount_differs',
    'payment_reference_used',
  ),
  'settlement.getBatch': reads(STAFF_AND_INSTITUTION, 'batch', 'batch_not_found'),
  'settlement.listBatches': reads(STAFF_AND_INSTITUTION, 'batch'),
  'settlement.countWaiting': reads(['reviewer', 'payer'], 'batch'),
  'settlement.listItems': reads(STAFF_AND_INSTITUTION, 'batch', 'batch_not_found'),
  'settlement.getJob': reads(STAFF_AND_INSTITUTION, 'job', 'job_not_found'),
  'settlement.listJobRefusals': reads(STAFF_AND_INSTITUTION, 'job', 'job_not_found'),
} as const satisfies { readonly [Name in OperationName]: OperationRow };

/** Roles and refusals of every operation: deny by default, one row each. */
export const OPERATIONS: { readonly [Name in OperationName]: OperationRow } = ROWS;

/** Those that change something. Only they carry a request, by which their repetition is known. */
export type WritingName = {
  [Name in OperationName]: (typeof ROWS)[Name]['writes'] extends true ? Name : never;
}[OperationName];

/** Every code that an operation can answer, the shared ones included. */
export const errorsOf = (name: OperationName): readonly ErrorCode[] => [
  ...COMMON_ERRORS,
  ...OPERATIONS[name].errors,
];

const ANSWER_MS = 20_000;
const ANSWER_TO_FILE_MS = 65_000;

/**
 * How long a phone waits for one answer; the function gives up before. Reading an uploaded file takes longer than the rest.
 */
export const answerWithinMs = (name: OperationName): number =>
  OPERATIONS[name].errors.includes('file_corrupt') ? ANSWER_TO_FILE_MS : ANSWER_MS;

export const isOperationName = (value: unknown): value is OperationName =>
  typeof value === 'string' && hasKey(OPERATIONS, value);

/** The cloud function that answers an operation: the part before the dot. */
export const functionOf = (name: OperationName): FunctionName => name.split('.')[0] as FunctionName;
