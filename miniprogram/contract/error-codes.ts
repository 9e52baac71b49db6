import { hasKey } from './has-key';

/**
 * What becomes of the same request, with the same requestId. final: it will be refused again. later: it may succeed once
 * something else has ended. at_once: it is worth another try within seconds.
 */
export type Retry = 'final' | 'later' | 'at_once';

/**
 * Every refusal there is. A code is a statement about what happened and never changes its meaning.
 *
 * Operations check in one order: signed in → role → input → exists and is yours → state → time → limits.
 */
export const ERROR_CODES = {
  // Who is asking
  identity_missing: 'final',
  sign_in_required: 'final',
  consent_required: 'final',
  role_not_allowed: 'final',
  institution_suspended: 'final',
  sign_in_failed: 'final',
  essc_card_not_valid: 'final',
  gateway_unavailable: 'later',

  // What is asked
  operation_unknown: 'final',
  invalid_input: 'final',
  request_id_missing: 'final',
  request_id_reused: 'final',

  // Service
  service_busy: 'at_once',
  write_conflict: 'at_once',
  internal: 'at_once',

  // Exists and is yours
  voucher_not_found: 'final',
  template_not_found: 'final',
  class_not_found: 'final',
  roster_entry_not_found: 'final',
  institution_not_found: 'final',
  person_not_found: 'final',
  channel_not_found: 'final',
  batch_not_found: 'final',
  job_not_found: 'final',
  lesson_not_found: 'final',
  file_not_found: 'final',
  entry_not_found: 'final',

  // Institutions, staff, channels
  id_number_invalid: 'final',
  name_missing: 'final',
  name_character_unusable: 'final',
  phone_invalid: 'final',
  uscc_invalid: 'final',
  institution_name_missing: 'final',
  institution_differs: 'final',
  county_unknown: 'final',
  project_unknown: 'final',
  institution_already_exists: 'final',
  institution_not_active: 'final',
  institution_not_allowed_for_template: 'final',
  project_not_allowed_for_institution: 'final',
  role_already_granted: 'final',
  role_not_granted: 'final',
  role_to_oneself: 'final',
  county_of_other_city: 'final',
  institution_is_own: 'final',
  channel_already_exists: 'final',
  channel_number_invalid: 'final',
  channel_name_missing: 'final',
  channel_kind_unknown: 'final',

  // Network entry
  entry_not_editable: 'final',
  entry_changed: 'final',
  entry_incomplete: 'final',
  entry_not_submitted: 'final',
  entry_not_city_sealed: 'final',
  entry_not_province_sealed: 'final',
  entry_not_sent: 'final',
  entry_not_returnable: 'final',
  entry_same_person: 'final',
  entry_seal_missing: 'final',
  entry_roles_incomplete: 'final',
  entry_not_approved: 'final',
  entry_field_missing: 'final',
  entry_account_elsewhere: 'final',
  entry_account_repeated: 'final',
  channel_elsewhere: 'final',
  email_invalid: 'final',
  pinyin_invalid: 'final',
  contact_phone_invalid: 'final',
  seal_day_in_future: 'final',
  scan_missing: 'final',
  scan_type_unsupported: 'final',
  mode_not_in_entry: 'final',

  // Templates
  template_not_draft: 'final',
  template_not_published: 'final',
  template_closed: 'final',
  template_days_contradictory: 'final',
  template_budget_below_amount: 'final',
  template_below_issued: 'final',
  template_quota_exceeded: 'final',
  template_budget_exceeded: 'final',
  template_not_general: 'final',
  template_is_general: 'final',

  // Classes and rosters
  class_not_editable: 'final',
  class_not_submitted: 'final',
  class_not_approved: 'final',
  class_not_running: 'final',
  class_roster_empty: 'final',
  class_days_contradictory: 'final',
  class_issue_running: 'later',
  class_not_yet_over: 'final',
  roster_locked: 'final',

  // Lessons, attendance, certificates
  lesson_times_contradictory: 'final',
  lesson_hours_contradictory: 'final',
  lesson_day_out_of_range: 'final',
  lesson_overlaps: 'final',
  lesson_removed: 'final',
  lesson_has_attendance: 'final',
  attendance_too_early: 'later',
  attendance_too_late: 'final',
  attendance_time_out_of_range: 'final',
  attendance_not_signed_in: 'final',
  person_not_in_class: 'final',
  certificate_number_invalid: 'final',
  certificate_day_out_of_range: 'final',
  certificate_already_exists: 'final',
  certificate_of_class_exists: 'final',

  // Files
  file_empty: 'final',
  file_too_large: 'final',
  file_type_unsupported: 'final',
  file_corrupt: 'final',
  file_expands_too_much: 'final',
  file_rows_too_many: 'final',
  file_has_no_rows: 'final',
  file_column_missing: 'final',
  file_column_repeated: 'final',
  file_sheet_hidden: 'final',
  file_numbers_rounded: 'final',

  // Rows of a roster
  duplicate_in_file: 'final',
  already_on_roster: 'final',
  already_holds_voucher: 'final',
  no_labour_contract: 'final',
  no_pension_insurance: 'final',
  age_out_of_range: 'final',
  cell_not_yes_or_no: 'final',
  cell_too_long: 'final',
  cell_not_calculated: 'final',
  cell_formula_failed: 'final',
  number_rounded: 'final',

  // Vouchers
  voucher_being_made: 'later',
  voucher_not_yet_claimed: 'final',
  voucher_already_claimed: 'final',
  voucher_already_used: 'final',
  voucher_not_used: 'final',
  voucher_in_batch: 'final',
  voucher_already_settled: 'final',
  voucher_voided: 'final',
  voucher_expired: 'final',
  voucher_not_for_this_institution: 'final',
  voucher_not_for_this_class: 'final',
  claim_deadline_passed: 'final',
  channel_not_open: 'final',
  class_required: 'final',
  undo_window_over: 'final',

  // The ministry's platform
  voucher_disputed: 'final',
  batch_voucher_disputed: 'final',
  voucher_not_undelivered: 'final',
  voucher_not_disputed: 'final',

  // The dynamic code
  code_unrecognised: 'final',
  code_forged: 'final',
  code_expired: 'final',
  code_replayed: 'final',
  digits_wrong: 'final',
  digits_locked: 'final',

  // Settlement
  voucher_code_unknown: 'final',
  voucher_code_malformed: 'final',
  voucher_of_other_project: 'final',
  voucher_of_other_city: 'final',
  voucher_not_in_batch: 'final',
  batch_not_draft: 'final',
  batch_not_submitted: 'final',
  batch_not_reviewed: 'final',
  batch_not_approved: 'final',
  batch_not_returnable: 'final',
  batch_empty: 'final',
  batch_import_running: 'later',
  batch_same_person: 'final',
  paid_amount_differs: 'final',
  batch_total_differs: 'final',
  batch_full: 'final',
  batch_total_too_large: 'final',
  payment_day_out_of_range: 'final',
  payment_reference_used: 'final',

  // Open interfaces
  interface_unknown: 'final',
  method_not_allowed: 'final',
  body_too_large: 'final',
  content_type_unsupported: 'final',
  content_encoding_unsupported: 'final',
  json_invalid: 'final',
  json_key_repeated: 'final',
  rows_too_many: 'final',
  signature_missing: 'final',
  signature_invalid: 'final',
  request_time_out_of_range: 'final',
  nonce_replayed: 'final',
  rate_limited: 'later',
  client_revoked: 'final',
  client_not_found: 'final',
  scope_missing: 'final',
  idempotency_key_missing: 'final',
  idempotency_key_reused: 'final',
  acting_person_not_active: 'final',
} as const satisfies Record<string, Retry>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A code that is newer than this list counts as final. */
export const retryOf = (code: ErrorCode): Retry => (hasKey(ERROR_CODES, code) ? ERROR_CODES[code] : 'final');

export const isRetryable = (code: ErrorCode): boolean => retryOf(code) !== 'final';
