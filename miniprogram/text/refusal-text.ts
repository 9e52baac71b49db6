import type { ErrorCode } from '../contract/error-codes';
import { FEN_MAX, isFen, yuanText } from '../contract/fen';
import { hasKey } from '../contract/has-key';
import { IMPORT_MEGABYTES_MAX, IMPORT_ROWS_MAX } from '../contract/imports';
import type { Refusal, RefusalData } from '../contract/result';
import { PROJECT_IDS, PROJECTS } from '../contract/projects';
import { fileKindText } from './file-kind-text';
import { findCount, findListed, findText, findTimeMs } from './refusal-facts';
import { formatLastDay, formatShanghaiDay, formatShanghaiMinute } from './shanghai-time';

/** A sentence, or one that is made with the facts of the refusal where they are there. */
export type RefusalText = string | ((data: RefusalData) => string);

const PROJECT_LIST = PROJECT_IDS.map(id => PROJECTS[id].name).join('、');
const DIGITS_LOCKED_TEXT = '数字输错次数过多，暂时不能输入。请改为扫描动态二维码。';

/**
 * What each refusal says to the person: what happened, then what to do next. The same code can reach a worker, a
 * clerk or an administrator, so the sentences speak to whoever reads them. 核验 is the scan, 核销 the write-off.
 */
export const REFUSAL_TEXTS: Record<ErrorCode, RefusalText> = {
  // Who is asking
  identity_missing: '没有识别到您的微信身份。请关闭小程序后，从微信重新打开。',
  sign_in_required: '您还没有登录，或登录已过期。请用电子社保卡登录后再试。',
  consent_required: '请先阅读并同意隐私保护指引，再登录使用。',
  role_not_allowed: '您没有办理这项业务的权限。如有需要，请联系市人社部门开通。',
  institution_suspended: institutionSuspended,
  sign_in_failed: '电子社保卡登录没有成功，授权可能已失效。请重新登录。',
  essc_card_not_valid: '您的社保卡目前不能正常使用。请到社保卡服务网点处理后再登录。',
  gateway_unavailable: '暂时连不上电子社保卡服务。请稍等几分钟再试。',

  // What is asked
  operation_unknown: '当前版本不支持这项操作。请关闭小程序重新打开，更新后再试。',
  invalid_input: '填写的内容有误或不完整。请检查后重新提交。',
  request_id_missing: '这次提交不完整，没有办理。请返回上一页重新操作。',
  request_id_reused: '这次提交与之前的一次冲突，没有办理。请返回上一页，刷新后重新操作。',

  // Service
  service_busy: '现在使用的人较多，没有办成。请稍等片刻再试。',
  write_conflict: '刚才有人同时在办理，没有办成。请再试一次。',
  internal: '系统出了点问题，没有办成。请稍后再试；多次不成功，请联系市人社部门。',

  // Exists and is yours
  voucher_not_found: '没有找到这张职业培训券，或它不属于您。请刷新列表后核对。',
  template_not_found: '没有找到这个券模板，或它不归您管理。请刷新列表后重新选择。',
  class_not_found: '没有找到这个班期，或它不归您管理。请刷新列表后重新选择。',
  roster_entry_not_found: '名册中没有找到这名人员，可能已被移除。请刷新名册后核对。',
  institution_not_found: '没有找到这家培训机构，或它不归您管理。请刷新列表后重新选择。',
  person_not_found: '没有找到这名人员，可能已被移除。请刷新列表后核对。',
  channel_not_found: '没有找到这个渠道，或它不归您管理。请核对渠道编号。',
  batch_not_found: '没有找到这个结算批次，或它不归您管理。请刷新列表后重新选择。',
  job_not_found: '没有找到这项任务的办理进度。请返回列表刷新后查看。',
  lesson_not_found: '没有找到这次课，或它不归您管理。请刷新课次列表后核对。',
  file_not_found: '没有找到您上传的文件，可能已过期。请重新上传。',

  // Institutions, staff, channels
  id_number_invalid: idNumberInvalid,
  name_missing: '没有填写姓名。请填写与身份证一致的姓名。',
  name_character_unusable: nameCharacterUnusable,
  phone_invalid: '手机号有误。请填写11位手机号。',
  uscc_invalid: '统一社会信用代码有误。请对照营业执照或登记证书，核对18位代码。',
  institution_name_missing: '没有填写机构名称。请填写与登记证书一致的名称。',
  institution_differs: data =>
    withCount(findCount(data, 'firstRow'), {
      plain: '这个信用代码已经登记，名称、区县或项目与登记的不同。请核对这一行，或到机构页面上修改。',
      made: row => `与第${row}行是同一个信用代码，但名称、区县或可开展项目不一样。请改成一致。`,
    }),
  county_unknown: '区县写法不对。请填本市区县的全称（例如：历城区）或六位代码，也可以不填。',
  project_unknown: `培训项目写法不对。请填${PROJECT_LIST}，用顿号隔开。`,
  institution_already_exists: '这家培训机构已经登记过，不用重复添加。请在机构列表中查找。',
  institution_not_active: '这家培训机构已停用，暂时不能办理。请市人社部门恢复启用后，再来办理。',
  institution_not_allowed_for_template:
    '这家培训机构不在该券模板的使用范围内。请市人社部门把它加入使用范围，或更换券模板。',
  project_not_allowed_for_institution:
    '这家培训机构不能开展该券模板的培训项目。请更换券模板，或请市人社部门修改机构可开展的项目。',
  role_already_granted: '这名人员已有该权限，不用重复添加。请在人员列表中查看。',
  role_not_granted: '这名人员没有该权限，无需取消。请刷新列表后核对。',
  county_of_other_city: '所选的区县不在这个市。请重新选择区县，或先改选市。',
  role_to_oneself: '不能给自己添加权限。请由另一位管理人员为您办理。',
  institution_is_own:
    '您现在或这项业务办理期间是这家机构的管理员，不能办理。请由没有在该机构任职的同事办理。',
  channel_number_invalid: '渠道编号有误。请填写10位数字。',
  channel_name_missing: '没有填写渠道名称。请填写渠道的全称。',
  channel_kind_unknown: '渠道类型写法不对。请填：小程序、手机应用、公众号或网页。',
  channel_already_exists: '这个渠道编号已经登记过。请核对编号，或在渠道列表中查看。',

  // Network entry
  entry_not_found: '没有找到这份入网申请，或它不归您管理。请刷新列表后重新选择。',
  entry_not_editable: '入网申请已经提交，现在不能修改。如需修改，请联系办理盖章的同事或省厅退回。',
  entry_changed: '这份入网申请刚才已被修改过。请刷新后核对，再填写您要改的内容。',
  entry_incomplete: '入网申请还没有填完整，或有内容不对。请按页面上的提示补齐后再提交。',
  entry_not_submitted: '这份入网申请现在不是“待市级盖章”，可能已有人办理。请刷新后查看。',
  entry_not_city_sealed: '这份入网申请还没有登记市级盖章，或状态已变化。请刷新后查看。',
  entry_not_province_sealed: '这份入网申请还没有登记省级盖章，或状态已变化。请刷新后查看。',
  entry_not_sent: '这份入网申请还没有报送人社部，或状态已变化。请刷新后查看。',
  entry_not_returnable: '这份入网申请现在不能由您退回。请刷新后查看办理到哪一步。',
  entry_same_person: '您填报或经办过这份入网申请，不能再由您办理这一步。请由另一位同事办理。',
  entry_seal_missing: '还有公章没有登记。请先登记平台运营机构和人社部信息中心的盖章，再办理通过。',
  entry_roles_incomplete: '还有账号没有选定角色。请为每一行账号选择角色，或选择“不开通”。',
  entry_not_approved: '本市的入网申请还没有通过，不能开通渠道或发布券模板。请先办理入网申请。',
  entry_field_missing: '这一项还没有填。请填写后再提交。',
  entry_account_elsewhere: '区县不属于申请单位所在的市。请改选本市的区县，或留空。',
  entry_account_repeated: '这个身份证号在账号申请里出现了两次。请删去其中一行。',
  channel_elsewhere: '这个渠道编号已经登记在其他市。请核对编号，退回申请后由申请单位改正。',
  email_invalid: '邮箱地址有误。请检查“@”前后的内容，重新填写。',
  pinyin_invalid: '姓名全拼有误。请只用拼音字母填写，不要写汉字和数字。',
  contact_phone_invalid: '联系电话有误。请填写11位手机号，或带区号的固定电话。',
  seal_day_in_future: '盖章日期不能晚于今天。请核对日期后重新填写。',
  scan_missing: '还没有上传这一处盖章的扫描件。请登记盖章后再查看。',
  scan_type_unsupported: '扫描件的格式不对。请上传图片或 PDF 文件。',
  mode_not_in_entry: '本市的入网申请没有勾选这种发放模式或功能模式。请更换模式，或另行办理入网申请。',

  // Templates
  template_not_draft: '这个券模板已经发布，相关内容不能再改。如需调整，请新建券模板。',
  template_not_published: '这个券模板还没有发布，或已经停用。请先发布，或更换券模板。',
  template_closed: '这个券模板已经停用，不能再修改。请新建券模板。',
  template_days_contradictory: '使用天数不能少于领取天数。请修改后重新保存。',
  template_budget_below_amount: '预算还不够发一张券。请增加预算或调低单张金额。',
  template_below_issued: '新的张数或预算低于已经发出的部分。请调高后重新保存。',
  template_quota_exceeded: quotaExceeded,
  template_budget_exceeded: '券模板的剩余预算不够这次发券。请先增加预算，或减少发券人数。',
  template_not_general: '这是定向券，人员名册要在班期里办理。请进入对应班期操作。',
  template_is_general: '这是通用券，不按班期发券。请在券模板页面发券。',

  // Classes and rosters
  class_not_editable: '班期已提交或已通过开班审核，现在不能修改。如需修改，请联系市人社部门退回。',
  class_not_submitted: '这个班期现在不是“待审核”，可能已有人办理。请刷新后查看。',
  class_not_approved: '这个班期还没有通过开班审核，或状态已变化。请刷新后查看。',
  class_not_running: classNotRunning,
  class_roster_empty: '名册里还没有人员。请先导入名册，再继续办理。',
  class_days_contradictory: '结束日期不能早于开始日期。请修改日期后重新保存。',
  class_issue_running: '现在正在发券。请等发券结束后再操作。',
  class_not_yet_over: '还没到班期的结束日期，不能结班。请到期后再办理。',
  roster_locked: '名册已经锁定，不能增减人员。如需修改，请联系市人社部门退回班期。',

  // Lessons, attendance, certificates
  lesson_times_contradictory: '下课时间要晚于上课时间。请修改时间后重新保存。',
  lesson_hours_contradictory: data =>
    withCount(findCount(data, 'hoursMax'), {
      plain: '课时与上课时长不符。请核对课时和上下课时间。',
      made: max => `课时与上课时长不符，这段时间最多${max}课时。请核对课时和上下课时间。`,
    }),
  lesson_day_out_of_range: data => {
    const [startsOn, endsOn] = [findText(data, 'startsOn'), findText(data, 'endsOn')];
    const range = startsOn && endsOn ? `（${startsOn}至${endsOn}）` : '';
    return `上课日期要在班期的起止日期之内${range}。请修改日期后重新保存。`;
  },
  lesson_overlaps: data => {
    const [startsAt, endsAt] = [findText(data, 'startsAt'), findText(data, 'endsAt')];
    const other = startsAt && endsAt ? `${startsAt}到${endsAt}的课` : '另一次课';
    return `上课时间与这个班期当天${other}重叠。请修改时间后重新保存。`;
  },
  lesson_removed: '这次课已经取消，不能再办理。请刷新课次列表后核对。',
  lesson_has_attendance: '已经有人在这次课签到，不能再修改或取消。请核对课次。',
  attendance_too_early: data =>
    withMinute(findTimeMs(data, 'fromMs'), {
      plain: '还没到这次课的签到时间。请临近上课时再办理。',
      made: from => `还没到这次课的签到时间，${from}开始。请到时再办理。`,
    }),
  attendance_too_late: '这次课结束已久，不能再补登签到。请核对课次。',
  attendance_time_out_of_range: data => {
    const [fromMs, untilMs] = [findTimeMs(data, 'fromMs'), findTimeMs(data, 'untilMs')];
    const range =
      fromMs !== undefined && untilMs !== undefined
        ? `（${formatShanghaiMinute(fromMs)}至${formatShanghaiMinute(untilMs)}）`
        : '';
    return `签到或签退的时间不在这次课允许的时间内${range}。请核对时间。`;
  },
  attendance_not_signed_in: '这名人员在这次课还没有签到，不能签退。请先登记签到。',
  person_not_in_class: '这名人员不在班期名册中，也没有在这个班期用券。请核对人员和班期。',
  certificate_number_invalid: '证书编号有误，也不能用身份证号代替。请对照证书重新填写编号。',
  certificate_day_out_of_range: data => {
    const [from, today] = [findText(data, 'from'), findText(data, 'today')];
    const range = from && today ? `（${from}至${today}）` : '';
    return `发证日期不在允许的范围内${range}。请对照证书，核对发证日期。`;
  },
  certificate_already_exists: '这家发证机构的这个证书编号已经登记过。请核对编号，或在证书列表中查看。',
  certificate_of_class_exists: '这名人员在这个班期已有该职业的证书，不能重复登记。请在证书列表中查看。',

  // Files
  file_empty: '文件是空的，没有内容。请检查后重新上传。',
  file_too_large: `文件太大，超过了${IMPORT_MEGABYTES_MAX}兆。请拆成几个文件，分别上传。`,
  file_type_unsupported: data =>
    fileKindText(findText(data, 'kind')) ?? '文件格式不对。请另存为 Excel 工作簿或 CSV 文件，再上传。',
  file_corrupt: '文件打不开，可能已损坏。请用表格软件另存一份后重新上传。',
  file_expands_too_much: '表格里的内容过多，无法读取。请删去图片、格式和空行后重新上传。',
  file_rows_too_many: rowsTooMany,
  file_has_no_rows: data =>
    withCount(findCount(data, 'hiddenRows'), {
      plain: '表格里只有表头，没有数据。请填写后重新上传。',
      made: rows => `表格里的${rows}行都被隐藏或筛选掉了，没有读取。请取消隐藏和筛选，再重新上传。`,
    }),
  file_column_missing: columnMissing,
  file_column_repeated: columnRepeated,
  file_sheet_hidden: data => {
    const sheet = findText(data, 'sheet');
    return `有表头的工作表${sheet ? `“${sheet}”` : ''}被隐藏了，没有读取。请取消隐藏，再重新上传。`;
  },
  file_numbers_rounded: data =>
    `${columnsOf(data) ?? '号码列'}很多号码的末尾变成了0，是表格软件把号码当成数字改掉的。请把这一列设为文本，重新填写后上传。`,

  // Rows of a roster, codes of a batch
  duplicate_in_file: data =>
    withCount(findCount(data, 'firstRow'), {
      plain: '与前面的一行重复。请删去其中一行。',
      made: row => `与第${row}行重复。请删去其中一行。`,
    }),
  already_on_roster: '这名人员已在名册中，不用重复添加。请从文件中删去这一行。',
  already_holds_voucher: '这名人员已有本次的职业培训券，不能重复发券或移出名册。请核对人员。',
  no_labour_contract: '没有签订劳动合同，不符合发券条件。请核实后修改或删去这一行。',
  no_pension_insurance: '没有缴纳企业养老保险，不符合发券条件。请核实后修改或删去这一行。',
  age_out_of_range: ageOutOfRange,
  cell_not_yes_or_no: '这一格只能填“是”或“否”。请修改后重新上传。',
  cell_too_long: '这一格的内容太长。请缩短后重新上传。',
  cell_not_calculated: '这一格是公式，没有算出结果，请在 Excel 里打开另存一次。',
  cell_formula_failed: '这一格的公式出错了。请改好公式，或直接填写内容，再重新上传。',
  number_rounded: '这个号码被表格软件当成数字，后几位已经丢失。请把这一列设为文本，重新填写。',

  // Vouchers
  voucher_being_made: '这张券还在由部平台制作，没有券码。请等制好后再办理。',
  voucher_not_yet_claimed: '这张券还没有领取。请先领取，再核验使用。',
  voucher_already_claimed: '这张券已经领取过，不用再领。请在“我的券”中查看。',
  voucher_already_used: alreadyUsed,
  voucher_not_used: '这张券还没有核验。请先由培训机构扫码核验，再办理。',
  voucher_in_batch: data => {
    const number = findText(data, 'batchNumber');
    return `这张券正在结算${number ? `（批次号${number}）` : ''}，不能使用或更改。如需更改，请先由培训机构移出批次。`;
  },
  voucher_already_settled: '这张券已经核销，券码已失效。请勿再次使用；有疑问请联系市人社部门。',
  voucher_voided: '这张券已经作废，不能再用。有疑问请联系市人社部门。',
  voucher_expired: data =>
    withLastDay(findTimeMs(data, 'expiresAtMs'), {
      plain: '这张券已过有效期，不能再用。有疑问请联系市人社部门。',
      made: day => `这张券的有效期到${day}为止，已经过期，不能再用。有疑问请联系市人社部门。`,
    }),
  voucher_not_for_this_institution: '这张券不能在本机构使用。请劳动者到券面写明的培训机构办理。',
  voucher_not_for_this_class: '这张券不属于所选班期。请核对并选择正确的班期。',
  claim_deadline_passed: data =>
    withLastDay(findTimeMs(data, 'claimUntilMs'), {
      plain: '领取时间已过，不能再领。请联系培训机构或市人社部门。',
      made: day => `领取时间到${day}为止，已经截止，不能再领。请联系培训机构或市人社部门。`,
    }),
  channel_not_open: data => {
    const channels = findListed(data, 'openChannels');
    return channels
      ? `这个入口不能领取。请从以下入口领取：${channels}。`
      : '这个入口没有开通职业培训券。请向市人社部门了解可领取的入口。';
  },
  class_required: '这是通用券。请先选择参加的班期，再核验。',
  undo_window_over: '已超过机构可以撤销核验的时间。如确需撤销，请联系市人社部门办理。',

  // The ministry's platform
  voucher_disputed: '部平台没有认可这张券，暂时不能结算。请联系市人社部门处理后再办理。',
  batch_voucher_disputed: batchVoucherDisputed,
  voucher_not_undelivered: '这张券没有等待送达部平台的消息，不用重发。请刷新列表后查看。',
  voucher_not_disputed: '部平台没有不认可这张券，不用采纳结论。请刷新列表后查看。',

  // The dynamic code
  code_unrecognised: '这不是职业培训券的二维码。请让劳动者打开“我的券”，出示动态二维码。',
  code_forged: '这个二维码不是真的，不能核验。请让劳动者在小程序中当面打开，再扫一次。',
  code_expired: '二维码已过期。请让劳动者刷新二维码，再扫一次。',
  code_replayed: data =>
    data.way === 'digits'
      ? '这组数字已经用过一次。请等劳动者手机上的数字更新后（最多半分钟），按新数字输入。'
      : '这个二维码已经扫过一次。请让劳动者刷新二维码，再扫一次。',
  digits_wrong: digitsWrong,
  digits_locked: DIGITS_LOCKED_TEXT,

  // Settlement
  voucher_code_unknown: '没有找到这个券码。请核对后修改。',
  voucher_code_malformed: '券码格式不对，可能少了或多了字符。请核对后修改。',
  voucher_of_other_project: '这张券属于其他培训项目。请放到对应项目的结算批次。',
  voucher_of_other_city: '这张券由其他市发放。请放到对应市的结算批次。',
  voucher_not_in_batch: '这张券不在该结算批次中，可能已被移出。请刷新后查看。',
  batch_not_draft: '结算批次已经提交，不能再改。如需修改，请联系市人社部门退回。',
  batch_not_submitted: '结算批次不在待初审状态，可能已有人办理。请刷新后查看。',
  batch_not_reviewed: '结算批次不在待复审状态，可能已有人办理。请刷新后查看。',
  batch_not_approved: '结算批次不在待拨付状态，可能已有人办理。请刷新后查看。',
  batch_not_returnable: '结算批次现在不能退回，可能已拨付或已退回。请刷新后查看。',
  batch_empty: data =>
    data.underReview === true
      ? '结算批次里的券已全部移出，不能通过审核或拨付。请退回批次，由机构重新编制。'
      : '结算批次里还没有券。请先导入券码，再继续办理。',
  batch_import_running: '券码正在导入。请等导入结束后再操作。',
  batch_same_person: samePerson,
  paid_amount_differs: data => {
    const totalFen = data.totalFen;
    return isFen(totalFen)
      ? `拨付金额与批次总额${yuanText(totalFen)}不一致。请核对后重新填写。`
      : '拨付金额与批次总额不一致。请核对后重新填写。';
  },
  batch_total_differs: '批次的张数或总额与明细不一致，已停止办理。请退回批次，由机构重新提交。',
  batch_full: data =>
    withCount(findCount(data, 'itemsMax'), {
      plain: '结算批次已满，放不下这些券。请另建一个批次。',
      made: max => `一个结算批次最多${max}张券，放不下了。请另建一个批次。`,
    }),
  batch_total_too_large: `一个结算批次的总额不能超过${yuanText(FEN_MAX)}。请把这张券放到另一个批次。`,
  payment_day_out_of_range: data => {
    const [approvedOn, today] = [findText(data, 'approvedOn'), findText(data, 'today')];
    const range = approvedOn && today ? `（${approvedOn}至${today}）` : '';
    return `拨付日期要在复审通过当天到今天之间${range}。请对照银行回单，改好日期再登记。`;
  },
  payment_reference_used: data => {
    const number = findText(data, 'batchNumber');
    return `这个拨付凭证号已经用于${number ? `批次${number}` : '本市另一个批次'}，一个凭证号只能登记一个批次。请对照银行回单核对后重新填写。`;
  },

  // Open interfaces
  interface_unknown: '没有这个接口。请对照接口文档核对地址。',
  method_not_allowed: '这个地址不支持这种请求方法。请按接口文档使用 POST 调用接口。',
  body_too_large: data =>
    withCount(findCount(data, 'bytesMax'), {
      plain: '请求内容太大。请分成几次提交。',
      made: max => `请求内容不能超过${max}字节。请分成几次提交。`,
    }),
  content_type_unsupported: '请求内容的类型不对。请使用 application/json，编码为 UTF-8。',
  content_encoding_unsupported: '不接受压缩过的请求内容。请直接发送未压缩的 JSON。',
  json_invalid: '请求内容不是正确的 JSON 对象。请检查格式后重新提交。',
  json_key_repeated: '请求内容里有重复的字段名，无法判断以哪个为准。请删去重复的字段后重新提交。',
  rows_too_many: data =>
    withCount(findCount(data, 'rowsMax'), {
      plain: '一次提交的行数太多。请分成几次提交。',
      made: max => `一次最多提交${max}行。请分成几次提交。`,
    }),
  signature_missing: '请求没有签名，或签名信息不完整。请按接口文档填写全部签名请求头。',
  signature_invalid: '签名不对，没有办理。请核对客户端编号、密钥版本、密钥和待签名文本。',
  request_time_out_of_range: '请求时间与系统时间相差太大，没有办理。请校准时钟后重新签名提交。',
  nonce_replayed: '这个随机串已经用过，没有办理。请换一个新的随机串，重新签名提交。',
  rate_limited: data =>
    withCount(findCount(data, 'retryAfterSeconds'), {
      plain: '调用太频繁，没有办理。请稍后再试。',
      made: seconds => `调用太频繁，没有办理。请在${seconds}秒后再试。`,
    }),
  client_revoked: '这个接口客户端已被停用，没有办理。请联系开通它的人社部门。',
  client_not_found: '没有找到这个接口客户端，或它不归您管理。请刷新列表后重新选择。',
  scope_missing: '这个接口客户端没有开通这项接口。请联系开通它的人社部门。',
  idempotency_key_missing: '请求没有幂等键，没有办理。请在请求头 Idempotency-Key 里填写。',
  idempotency_key_reused: '这个幂等键已经用于另一份内容，没有办理。请为新的内容换一个幂等键。',
  acting_person_not_active: '办理人目前没有办理这项业务的资格。请核对身份证号，或请人社部门先为其开通。',
};

/**
 * The sentence of a refusal. An app older than the server may meet a code that it does not know:
 * then it says what `internal` says.
 */
export function refusalText(refusal: Refusal): string {
  const known = hasKey(REFUSAL_TEXTS, refusal.code);
  const text = REFUSAL_TEXTS[known ? refusal.code : 'internal'];
  return typeof text === 'string' ? text : text(refusal.data ?? {});
}

/** What the administrator reads is what the officer wrote. */
function institutionSuspended(data: RefusalData): string {
  const name = findText(data, 'institutionName');
  const sinceMs = findTimeMs(data, 'sinceMs');
  const reason = findText(data, 'reason');
  const since = sinceMs === undefined ? '' : `从${formatShanghaiDay(sinceMs)}起`;
  const why = reason === undefined ? '' : `停用原因：${reason.replace(/[。.]$/, '')}。`;
  return `${name ? `“${name}”` : '您所在的培训机构'}${since}已停用，暂时不能办理。${why}请联系市人社部门恢复启用后，再来办理。`;
}

interface Wording<T> {
  plain: string;
  made: (fact: T) => string;
}

const withCount = (count: number | undefined, { plain, made }: Wording<number>): string =>
  count === undefined ? plain : made(count);

const withMinute = (atMs: number | undefined, { plain, made }: Wording<string>): string =>
  atMs === undefined ? plain : made(formatShanghaiMinute(atMs));

const withLastDay = (untilMs: number | undefined, { plain, made }: Wording<string>): string =>
  untilMs === undefined ? plain : made(formatLastDay(untilMs));

const ID_NUMBER_FAULTS: Readonly<Record<string, string>> = {
  missing: '没有填写身份证号。请对照身份证，填写18位号码。',
  fifteen_digits: '这是15位的旧身份证号，已经停用。请改填现在身份证上的18位号码。',
  rounded: '身份证号被表格软件改成了科学计数，后几位已经丢失。请把这一列设为文本格式，重新填写。',
  form: '身份证号不是18位。请对照身份证，核对18位号码。',
  check_character: '身份证号有一位不对，或前后两位颠倒了。请对照身份证，核对18位号码。',
  birth_day: '身份证号里的出生日期不存在。请对照身份证，核对第7至14位。',
  birth_in_future: '身份证号里的出生日期还没有到。请对照身份证，核对第7至14位。',
  birth_too_long_ago: '身份证号里的出生年份太早。请对照身份证，核对第7至14位。',
};

function idNumberInvalid(data: RefusalData): string {
  const fault = findText(data, 'fault') ?? '';
  return (
    (hasKey(ID_NUMBER_FAULTS, fault) && ID_NUMBER_FAULTS[fault]) ||
    '身份证号有误。请对照身份证，核对18位号码。'
  );
}

const CODE_POINT = /^U\+([0-9A-F]{4,6})$/;
/** Private-use characters: only the computer that they come from can show them. */
const PRIVATE_USE_TO = 0xf8ff;
const PRIVATE_USE_PLANES_FROM = 0xf0000;
const REPLACEMENT = 0xfffd;
const SURROGATE_FROM = 0xd800;

/** A character as a sentence can name it; undefined for what is no code point. */
function characterName(codePoint: string): string | undefined {
  const [, hex = ''] = CODE_POINT.exec(codePoint) ?? [];
  const value = Number.parseInt(hex, 16);
  if (!(value <= 0x10ffff)) return undefined;
  if (value === 0x30) return '数字';
  const isShown = value < SURROGATE_FROM || (value > PRIVATE_USE_TO && value < PRIVATE_USE_PLANES_FROM);
  return isShown && value !== REPLACEMENT
    ? `“${String.fromCodePoint(value)}”`
    : `无法显示的字（${codePoint}）`;
}

function nameCharacterUnusable(data: RefusalData): string {
  const names = (findText(data, 'codePoints') ?? '').split(' ').flatMap(point => characterName(point) ?? []);
  const found = names.length > 0 ? `姓名里不能有${names.join('、')}。` : '姓名里有不能用的字符。';
  return `${found}请只填写与身份证一致的姓名，生僻字请用输入法重新输入。`;
}

function quotaExceeded(data: RefusalData): string {
  const [leftCount, neededCount] = [findCount(data, 'leftCount'), findCount(data, 'neededCount')];
  const facts =
    leftCount !== undefined && neededCount !== undefined
      ? `券模板只剩${leftCount}张，这次需要${neededCount}张。`
      : '券模板的剩余张数不够这次发券。';
  return `${facts}请先增加张数，或减少发券人数。`;
}

function rowsTooMany(data: RefusalData): string {
  const rows = findCount(data, 'rows');
  const rowsMax = findCount(data, 'rowsMax') ?? IMPORT_ROWS_MAX;
  const found = rows === undefined ? '文件行数太多' : `文件有${rows}行`;
  return `${found}，一次最多${rowsMax}行。请拆成几个文件，分别上传。`;
}

function columnsOf(data: RefusalData): string | undefined {
  const columns = findListed(data, 'columns') ?? findText(data, 'columns') ?? findText(data, 'column');
  return columns === undefined ? undefined : `“${columns}”列`;
}

function columnMissing(data: RefusalData): string {
  const hidden = findListed(data, 'hidden');
  if (hidden !== undefined) return `表格里“${hidden}”列被隐藏了，没有读取。请取消隐藏，再重新上传。`;
  const missing = columnsOf(data) ?? '必需的列';
  const similar = findListed(data, 'similar');
  return similar === undefined
    ? `表格缺少${missing}。请对照模板补上，再重新上传。`
    : `表格缺少${missing}，认不准“${similar}”是不是。请把要用的表头改成模板里的写法，再重新上传。`;
}

/** Which of several is meant, only the sender knows. */
function columnRepeated(data: RefusalData): string {
  const columns = columnsOf(data) ?? '有的列';
  const candidates = findListed(data, 'candidates');
  return candidates === undefined
    ? `表格里${columns}重复出现。请每列只留一个，再重新上传。`
    : `表格里${columns}有几个：${candidates}，不知道用哪一个。请只留要用的，或只把它的表头写成模板里的写法，再重新上传。`;
}

function ageOutOfRange(data: RefusalData): string {
  const [minYears, maxYears] = [findCount(data, 'minYears'), findCount(data, 'maxYears')];
  const range = minYears !== undefined && maxYears !== undefined ? `（${minYears}至${maxYears}周岁）` : '';
  return `年龄不在规定范围内${range}。请核实后修改或删去这一行。`;
}

function classNotRunning(data: RefusalData): string {
  if (data.when === 'before') return '这个班期还没有开班，现在不能核验。请先在“班期”里点“开班”，再核验。';
  const untilMs = findTimeMs(data, 'usableUntilMs');
  return untilMs === undefined
    ? '这个班期现在不在开班中。请核对班期，或先办理开班。'
    : `这个班期已经结班，核验到${formatLastDay(untilMs)}为止。确需核验的，请联系市人社部门。`;
}

function digitsWrong(data: RefusalData): string {
  const triesLeft = findCount(data, 'triesLeft');
  if (triesLeft === 0) return DIGITS_LOCKED_TEXT;
  const facts = triesLeft === undefined ? '六位数字不对或已过期。' : `六位数字不对，还可试${triesLeft}次。`;
  return `${facts}请让劳动者刷新后，按新数字输入。`;
}

const PARTS: Readonly<Record<string, string>> = {
  prepare: '编制或提交过这个批次',
  strike: '审核时从这个批次移出过券',
  review: '办过这个批次的初审',
  approve: '办过这个批次的复审',
};

/** What is to be done, and who does it. */
const DECISIONS: Readonly<Record<string, readonly [string, string]>> = {
  strike: ['移出券', '另一位审核人员'],
  review: ['初审', '另一位审核人员'],
  approve: ['复审', '另一位审核人员'],
  return: ['退回', '另一位审核人员'],
  recall: ['退回', '没有经办过这个批次的拨付人员'],
  pay: ['拨付', '没有经办过这个批次的拨付人员'],
};

function samePerson(data: RefusalData): string {
  const did = PARTS[findText(data, 'did') ?? ''];
  const needs = DECISIONS[findText(data, 'needs') ?? ''];
  if (did === undefined || needs === undefined)
    return '同一批次的编制、初审、复审和拨付不能由同一人办理。请换一位同事办理。';
  return `您${did}，不能再办${needs[0]}。请由${needs[1]}办理。`;
}

/** The one who has just scanned must not take a repeated answer for a failure: it is done. */
function alreadyUsed(data: RefusalData): string {
  const usedAtMs = findTimeMs(data, 'usedAtMs');
  const when = usedAtMs === undefined ? '' : `于${formatShanghaiMinute(usedAtMs)}`;
  return data.mine === true
    ? `这张券已${when}由本机构核验成功，不用再扫。请在核验记录中查看。`
    : `这张券已${when}${when ? '' : '经'}核验使用，不能再用。有疑问请联系培训机构或市人社部门。`;
}

function batchVoucherDisputed(data: RefusalData): string {
  const count = findCount(data, 'count');
  const those = count === undefined ? '有的券' : `有${count}张券`;
  return `批次中${those}部平台没有认可。请移出或退回，或由市人社部门处理后再办理。`;
}
