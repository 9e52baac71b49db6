import type { Plain } from './brand';
import { hasKey } from './has-key';
import type { AccountView, SignInStart, StaffView } from './accounts';
import type { CityCode, OfCities } from './areas';
import type { ChannelCoverage, ChannelKind, ChannelView } from './channels';
import type { CountyCode, OfAreas } from './counties';
import type {
  EntryApplicationView,
  EntryDraft,
  EntryRowView,
  EntryStatus,
  PlainEntryForm,
  RoleChoice,
  SealBlock,
  SealInput,
} from './entry';
import type { ErrorCode } from './error-codes';
import type { Fen } from './fen';
import type { ApiClientView, ApiScope, NewApiSecret } from './open-interfaces';
import type {
  ApiClientId,
  BatchId,
  ChannelNumber,
  ClassId,
  EntryApplicationId,
  InstitutionId,
  JobId,
  LessonId,
  PersonKey,
  RosterEntryId,
  TemplateId,
  VoucherId,
} from './ids';
import type { ImportReport, UploadPlace } from './imports';
import type { JobRefusal, JobView } from './jobs';
import type {
  AttendanceMark,
  AttendanceView,
  AttendeeInput,
  CertificateFields,
  CertificateView,
  LessonFields,
  LessonView,
} from './lessons';
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
    input: { name: string; idNumber: string; role: CityRole; cityCode: CityCode; countyCode?: CountyCode };
    output: StaffView;
  };
  'account.revokeRole': {
    input: { personId: PersonKey; role: CityRole; cityCode: CityCode; countyCode?: CountyCode };
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
  /** How many of the issuing channels are open, for those of the cities that the caller may see. */
  'entry.getCoverage': { input: { cityCodes: CityCode[] }; output: { items: ChannelCoverage[] } };
  /** An empty table of channels (XLSX), with the rules of filling it in. */
  'entry.getChannelForm': { input: Record<string, never>; output: { fileUrl: string } };
  'entry.startUpload': { input: { cityCode: CityCode }; output: UploadPlace };
  /** The dry run of importChannels. */
  'entry.checkChannels': { input: { cityCode: CityCode; fileId: string }; output: ImportReport };
  /** Registers a city's channels from a file, closed for vouchers; those that are there already stay as they are. */
  'entry.importChannels': { input: { cityCode: CityCode; fileId: string }; output: ImportReport };

  /** Keeps what is typed, half-filled as it may be; without an id it begins an application of that city. */
  'entry.saveApplication': { input: SaveEntryInput; output: EntryApplicationView };
  'entry.submitApplication': {
    input: { applicationId: EntryApplicationId };
    output: EntryApplicationView;
  };
  /** Where to upload the scan of a sealed form, by the person who then records that seal. */
  'entry.startScanUpload': {
    input: { applicationId: EntryApplicationId };
    output: UploadPlace;
  };
  'entry.sealApplication': {
    input: { applicationId: EntryApplicationId } & SealInput;
    output: EntryApplicationView;
  };
  'entry.sendApplication': {
    input: { applicationId: EntryApplicationId };
    output: EntryApplicationView;
  };
  /** The ministry has approved: says for every account row which role it gets, or none, and starts the job that opens all. */
  'entry.approveApplication': {
    input: { applicationId: EntryApplicationId; roles: RoleChoice[] };
    output: EntryApplicationView;
  };
  'entry.returnApplication': {
    input: { applicationId: EntryApplicationId; reason: string };
    output: EntryApplicationView;
  };
  'entry.getApplication': {
    input: { applicationId: EntryApplicationId };
    output: EntryApplicationView;
  };
  'entry.listApplications': {
    input: OfCities & { status?: EntryStatus } & PageInput;
    output: Page<EntryRowView> & { deadlineOn: string };
  };
  /** The form in clear; who looked stands in its history. */
  'entry.unmaskApplication': {
    input: { applicationId: EntryApplicationId };
    output: PlainEntryForm;
  };
  /** A link to the scan of a sealed form; who opened it stands in the history. */
  'entry.openScan': {
    input: { applicationId: EntryApplicationId; block: SealBlock };
    output: { fileUrl: string };
  };
  /** Until when applications are to be handed in, the day itself included. */
  'entry.setDeadline': { input: { deadlineOn: string }; output: { deadlineOn: string } };
  'entry.getJob': { input: { jobId: JobId }; output: JobView };
  'entry.listJobRefusals': { input: { jobId: JobId } & PageInput; output: Page<JobRefusal> };

  /** 姓名全拼 of a name, as a suggestion; empty when there is none. */
  'documents.suggestPinyin': { input: { name: string }; output: { namePinyin: string } };
  /** The filled form as a DOCX file behind a link that expires; the file itself is gone after a day. An unmasking, as above. */
  'documents.makeEntryForm': {
    input: { applicationId: EntryApplicationId };
    output: { fileUrl: string };
  };

  /** 开放接口客户端: of an institution's own software, made by its city, or of the provincial push, made by the province. */
  'entry.createClient': {
    input: { name: string; cityCode: CityCode; scopes: ApiScope[] } & (
      { kind: 'institution'; institutionId: InstitutionId } | { kind: 'push' }
    );
    output: ApiClientView;
  };
  'entry.listClients': { input: { cityCode: CityCode } & PageInput; output: Page<ApiClientView> };
  /** The keys before it end after some days, or at once. Asked again, it makes another key in place of the one that was lost. */
  'entry.renewClientSecret': {
    input: { clientId: ApiClientId; endOthersAtOnce?: boolean };
    output: NewApiSecret;
  };
  'entry.revokeClient': { input: { clientId: ApiClientId; reason: string }; output: ApiClientView };

  'training.addInstitution': {
    input: {
      name: string;
      uscc: string;
      cityCode: CityCode;
      countyCode?: CountyCode;
      projectIds?: ProjectId[];
    };
    output: InstitutionView;
  };
  'training.setInstitution': {
    /** `reason` is why it is suspended or restored, for its administrators to read; `projectIds` empty means all. */
    input: {
      institutionId: InstitutionId;
      name?: string;
      active?: boolean;
      reason?: string;
      countyCode?: CountyCode;
      projectIds?: ProjectId[];
    };
    output: InstitutionView;
  };
  'training.getInstitution': { input: { institutionId: InstitutionId }; output: InstitutionView };
  /**
   * Of cities; `own` asks for those that the caller works for. `search` is part of a name, or of four and more digits and
   * letters part of a 统一社会信用代码; like `active` it is overlooked where `own` asks.
   */
  'training.listInstitutions': {
    input: OfAreas & { own?: true; active?: boolean; search?: string } & PageInput;
    output: Page<InstitutionView>;
  };
  /** How many of the institutions of these areas are active and how many suspended; `search` as in the list. */
  'training.countInstitutions': {
    input: OfAreas & { search?: string };
    output: { active: number; suspended: number };
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
  /** An empty table of institutions (XLSX), with the rules of filling it in. */
  'training.getInstitutionForm': { input: Record<string, never>; output: { fileUrl: string } };
  'training.startInstitutionUpload': { input: { cityCode: CityCode }; output: UploadPlace };
  /** The dry run of importInstitutions. */
  'training.checkInstitutions': { input: { cityCode: CityCode; fileId: string }; output: ImportReport };
  /** Adds a city's institutions with their administrators from a file, row by row; what it cannot take in it refuses by row. */
  'training.importInstitutions': { input: { cityCode: CityCode; fileId: string }; output: JobView };
  'training.getJob': { input: { jobId: JobId }; output: JobView };
  'training.listJobRefusals': { input: { jobId: JobId } & PageInput; output: Page<JobRefusal> };
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
    input: OfAreas & { status?: ClassStatus; institutionId?: InstitutionId } & PageInput;
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
  'training.addLesson': { input: { classId: ClassId } & LessonFields; output: LessonView };
  /** While nobody has signed in to it, as is its removal. */
  'training.amendLesson': { input: { lessonId: LessonId } & Partial<LessonFields>; output: LessonView };
  'training.removeLesson': { input: { lessonId: LessonId }; output: { lessonId: LessonId } };
  /** In the order in which they take place. */
  'training.listLessons': { input: { classId: ClassId } & PageInput; output: Page<LessonView> };
  /** By hand. `at` is a time of the lesson's day, 08:55; now, where it is left out. */
  'training.recordAttendance': {
    input: { lessonId: LessonId; mark: AttendanceMark; at?: string; reason: string } & AttendeeInput;
    output: AttendanceView;
  };
  'training.listAttendance': { input: { lessonId: LessonId } & PageInput; output: Page<AttendanceView> };
  'training.addCertificate': { input: CertificateInput; output: CertificateView };
  'training.listCertificates': { input: CertificateOwner & PageInput; output: Page<CertificateView> };

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
    input: OfAreas & { status?: BatchStatus; institutionId?: InstitutionId } & PageInput;
    output: Page<BatchView>;
  };
  /** Batches of these cities that wait for the caller, by what is to be done with them. */
  'settlement.countWaiting': { input: { cityCodes: CityCode[] }; output: { items: WaitingBatches[] } };
  'settlement.listItems': { input: { batchId: BatchId } & PageInput; output: Page<BatchItemView> };
  'settlement.getJob': { input: { jobId: JobId }; output: JobView };
  'settlement.listJobRefusals': { input: { jobId: JobId } & PageInput; output: Page<JobRefusal> };
}

/** A new application names its city, a known one its id and the revision that was typed upon. */
export type SaveEntryInput = EntryDraft &
  ({ cityCode: CityCode } | { applicationId: EntryApplicationId; revision: number });

/** People fixed beforehand: those of a class (定向券) or the recipients of a general template (通用券). */
export type RosterOwner = { classId: ClassId } | { templateId: TemplateId };
export type RosterFile = RosterOwner & { fileId: string };

/** Where a certificate was earned: at a class, or at an institution otherwise. */
export type CertificateOwner = { classId: ClassId } | { institutionId: InstitutionId };
/** Name and ID number must be those of a person who is known here. */
type CertificateInput = CertificateOwner & CertificateFields & { holderName: string; idNumber: string };

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
  | 'entryApplication'
  | 'client'
  | 'institution'
  | 'administrator'
  | 'class'
  | 'rosterEntry'
  | 'template'
  | 'voucher'
  | 'batch'
  | 'job'
  | 'lesson'
  | 'certificate';

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
  'institution_suspended',
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

/** What keeps a form of network entry from being handed in, field by field. */
const ENTRY_FAULTS = [
  'entry_field_missing',
  'uscc_invalid',
  'channel_number_invalid',
  'email_invalid',
  'phone_invalid',
  'pinyin_invalid',
  'id_number_invalid',
  'name_missing',
  'name_character_unusable',
  'cell_too_long',
  'entry_account_elsewhere',
  'entry_account_repeated',
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

const INSTITUTION_ROW_ERRORS = [
  ...CELL_ERRORS,
  'institution_name_missing',
  'uscc_invalid',
  'county_unknown',
  'county_of_other_city',
  'project_unknown',
  'id_number_invalid',
  'name_missing',
  'name_character_unusable',
  'cell_too_long',
  'institution_differs',
  'duplicate_in_file',
  'role_to_oneself',
  'institution_already_exists',
  'institution_is_own',
  'institution_not_active',
  'role_already_granted',
] as const satisfies readonly ErrorCode[];

const CHANNEL_ROW_ERRORS = [
  ...CELL_ERRORS,
  'channel_number_invalid',
  'channel_name_missing',
  'channel_kind_unknown',
  'cell_not_yes_or_no',
  'cell_too_long',
  'duplicate_in_file',
  'channel_already_exists',
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

const LESSON_ERRORS = [
  'lesson_times_contradictory',
  'lesson_hours_contradictory',
  'class_not_approved',
  'lesson_day_out_of_range',
  'lesson_overlaps',
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
    'county_of_other_city',
    'role_to_oneself',
    'role_already_granted',
  ),
  'account.revokeRole': writes(['province'], 'staff', 'person_not_found', 'role_not_granted'),
  'account.listStaff': reads(['province'], 'staff'),

  'entry.listChannels': reads('anyone', 'channel'),
  'entry.addChannel': writes(['clerk'], 'channel', 'channel_already_exists'),
  'entry.setChannel': writes(['clerk'], 'channel', 'channel_not_found', 'entry_not_approved'),
  'entry.getCoverage': reads(STAFF, 'channel'),
  'entry.getChannelForm': reads(['clerk'], 'nobody'),
  'entry.startUpload': writes(['clerk'], 'channel'),
  'entry.checkChannels': reads(['clerk'], 'channel', ...FILE_ERRORS, ...CHANNEL_ROW_ERRORS),
  'entry.importChannels': writes(['clerk'], 'channel', ...FILE_ERRORS, ...CHANNEL_ROW_ERRORS),
  'entry.saveApplication': writes(
    ['clerk'],
    'entryApplication',
    'entry_not_found',
    'entry_not_editable',
    'entry_changed',
  ),
  'entry.submitApplication': writes(
    ['clerk'],
    'entryApplication',
    'entry_not_found',
    'entry_not_editable',
    'entry_incomplete',
    ...ENTRY_FAULTS,
  ),
  'entry.startScanUpload': writes(['clerk', 'reviewer', 'province'], 'entryApplication', 'entry_not_found'),
  'entry.sealApplication': writes(
    ['clerk', 'reviewer', 'province'],
    'entryApplication',
    'entry_not_found',
    'entry_not_submitted',
    'entry_not_city_sealed',
    'entry_not_province_sealed',
    'entry_not_sent',
    'entry_same_person',
    'name_missing',
    'name_character_unusable',
    'cell_too_long',
    'contact_phone_invalid',
    'seal_day_in_future',
    'file_not_found',
    'file_empty',
    'file_too_large',
    'scan_type_unsupported',
  ),
  'entry.sendApplication': writes(
    ['province'],
    'entryApplication',
    'entry_not_found',
    'entry_not_province_sealed',
    'entry_same_person',
  ),
  'entry.approveApplication': writes(
    ['province'],
    'entryApplication',
    'entry_not_found',
    'entry_not_sent',
    'entry_same_person',
    'entry_seal_missing',
    'entry_roles_incomplete',
    'channel_elsewhere',
    'role_to_oneself',
    'role_already_granted',
  ),
  'entry.returnApplication': writes(
    ['clerk', 'reviewer', 'province'],
    'entryApplication',
    'entry_not_found',
    'entry_not_returnable',
  ),
  'entry.getApplication': reads(STAFF, 'entryApplication', 'entry_not_found'),
  'entry.listApplications': reads(STAFF, 'entryApplication'),
  'entry.unmaskApplication': writes(['clerk', 'reviewer', 'province'], 'entryApplication', 'entry_not_found'),
  'entry.openScan': writes(
    ['clerk', 'reviewer', 'province'],
    'entryApplication',
    'entry_not_found',
    'scan_missing',
  ),
  'entry.setDeadline': writes(['province'], 'nobody'),
  'entry.getJob': reads(STAFF, 'job', 'job_not_found'),
  'entry.listJobRefusals': reads(STAFF, 'job', 'job_not_found'),

  'documents.suggestPinyin': reads(['clerk'], 'nobody'),
  'documents.makeEntryForm': writes(['clerk', 'reviewer', 'province'], 'entryApplication', 'entry_not_found'),

  'entry.createClient': writes(
    ['clerk', 'province'],
    'client',
    'institution_not_found',
    'institution_not_active',
  ),
  'entry.listClients': reads(['clerk', 'province'], 'client'),
  'entry.renewClientSecret': writes(['clerk', 'province'], 'client', 'client_not_found', 'client_revoked'),
  'entry.revokeClient': writes(['clerk', 'province'], 'client', 'client_not_found', 'client_revoked'),

  'training.addInstitution': writes(
    ['clerk'],
    'institution',
    'county_of_other_city',
    'uscc_invalid',
    'institution_already_exists',
  ),
  'training.setInstitution': writes(
    ['clerk'],
    'institution',
    'institution_not_found',
    'institution_is_own',
    'county_of_other_city',
  ),
  'training.getInstitution': reads(STAFF_AND_INSTITUTION, 'institution', 'institution_not_found'),
  'training.listInstitutions': reads(STAFF_AND_INSTITUTION, 'institution'),
  'training.countInstitutions': reads(STAFF, 'institution'),
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
  'training.getInstitutionForm': reads(['clerk'], 'nobody'),
  'training.startInstitutionUpload': writes(['clerk'], 'institution'),
  'training.checkInstitutions': reads(['clerk'], 'institution', ...FILE_ERRORS, ...INSTITUTION_ROW_ERRORS),
  'training.importInstitutions': writes(['clerk'], 'institution', ...FILE_ERRORS, ...INSTITUTION_ROW_ERRORS),
  'training.getJob': reads(STAFF, 'job', 'job_not_found'),
  'training.listJobRefusals': reads(STAFF, 'job', 'job_not_found'),
  'training.createClass': writes(
    ['administrator'],
    'class',
    'institution_not_found',
    'institution_not_active',
    'template_not_found',
    'template_not_published',
    'institution_not_allowed_for_template',
    'project_not_allowed_for_institution',
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
    'project_not_allowed_for_institution',
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
    'project_not_allowed_for_institution',
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
  'training.addLesson': writes(['administrator'], 'class', 'class_not_found', ...LESSON_ERRORS),
  'training.amendLesson': writes(
    ['administrator'],
    'lesson',
    'lesson_not_found',
    'lesson_removed',
    'lesson_has_attendance',
    ...LESSON_ERRORS,
  ),
  'training.removeLesson': writes(
    ['administrator'],
    'lesson',
    'lesson_not_found',
    'lesson_removed',
    'lesson_has_attendance',
  ),
  'training.listLessons': reads(STAFF_AND_INSTITUTION, 'class', 'class_not_found'),
  'training.recordAttendance': writes(
    ['administrator'],
    'lesson',
    'lesson_not_found',
    'lesson_removed',
    'person_not_in_class',
    'attendance_not_signed_in',
    'attendance_too_early',
    'attendance_too_late',
    'attendance_time_out_of_range',
  ),
  'training.listAttendance': reads(STAFF_AND_INSTITUTION, 'lesson', 'lesson_not_found'),
  'training.addCertificate': writes(
    ['administrator'],
    'certificate',
    'class_not_found',
    'institution_not_found',
    'id_number_invalid',
    'name_missing',
    'name_character_unusable',
    'cell_too_long',
    'certificate_number_invalid',
    'person_not_found',
    'person_not_in_class',
    'certificate_day_out_of_range',
    'certificate_already_exists',
    'certificate_of_class_exists',
  ),
  'training.listCertificates': reads(
    STAFF_AND_INSTITUTION,
    'certificate',
    'class_not_found',
    'institution_not_found',
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
  'voucher.publishTemplate': writes(
    ['clerk'],
    'template',
    'template_not_found',
    'template_not_draft',
    'entry_not_approved',
    'mode_not_in_entry',
  ),
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
    'project_not_allowed_for_institution',
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
