import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { readIdNumber } from '../shared/domain/id-number';
import { placeOf } from '../shared/domain/scope';
import { parseVoucherCode } from '../shared/domain/voucher-code';
import type { WantedAttendee } from '../shared/lessons/attendee';
import { recordAttendance } from '../shared/lessons/record-attendance';
import { maskedName } from '../shared/views/voucher-view';
import { LessonId, TimeOfDay } from '../shared/runtime/input';
import { personKeyOf } from '../shared/runtime/secrets';
import { lessons } from '../shared/store/lessons';
import { AtMs, isWithin, VoucherCode, WorkerIdNumber } from './fields';
import { checkOwnActive } from './own-institution';
import { SMALL_BODY_BYTES_MAX, writingInterface } from './open-interface';

interface Named {
  idNumber?: string;
  voucherCode?: string;
}

/** Exactly one of the two says who it is. @returns invalid_input; id_number_invalid; voucher_code_malformed. */
function readAttendee({ idNumber, voucherCode }: Named, nowMs: number): Result<WantedAttendee> {
  if ((idNumber === undefined) === (voucherCode === undefined))
    return fail('invalid_input', { fields: ['idNumber', 'voucherCode'] });
  if (voucherCode !== undefined) {
    const code = parseVoucherCode(voucherCode);
    return code === undefined ? fail('voucher_code_malformed') : ok({ voucherCode: code });
  }
  const read = readIdNumber(idNumber ?? '', dayOf(nowMs));
  return read.ok ? ok({ personKey: personKeyOf(read.data) }) : read;
}

export const recordAttendanceOfLesson = writingInterface({
  name: 'recordAttendance',
  title: '培训打卡签到',
  description:
    '登记一名学员在一次课的签到或签退。学员用身份证号或券码指明，二者填一个：定向券要在班期名册中，通用券要已在这个班期使用。签到从上课前30分钟到下课；签退在签到之后，从上课到下课后30分钟。课后7天内可以补报当天的时间。先登记的为准，重复登记不改变记录，返回已有的时间。',
  kinds: ['city', 'institution'],
  actingPerson: 'none',
  writes: true,
  idempotentBy: 'history',
  input: v.strictObject({
    lessonId: v.pipe(LessonId, v.description('课次编号')),
    mark: v.pipe(v.picklist(['in', 'out']), v.description('in 签到，out 签退')),
    at: v.exactOptional(v.pipe(TimeOfDay, v.description('上课当天的时间，例如08:55；不填就是现在'))),
    idNumber: v.exactOptional(WorkerIdNumber),
    voucherCode: v.exactOptional(VoucherCode),
  }),
  output: v.strictObject({
    name: v.pipe(v.string(), v.description('学员姓名，已隐去一部分')),
    inAtMs: AtMs,
    outAtMs: v.exactOptional(AtMs),
  }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 9,
  successStatus: 200,
  errors: [
    'id_number_invalid',
    'voucher_code_malformed',
    'institution_not_active',
    'lesson_not_found',
    'lesson_removed',
    'person_not_in_class',
    'attendance_not_signed_in',
    'attendance_too_early',
    'attendance_too_late',
    'attendance_time_out_of_range',
  ],
  rowErrors: [],
  run: async ({ input: { lessonId, mark, at, ...named }, client, nowMs, request }) => {
    const attendee = readAttendee(named, nowMs);
    if (!attendee.ok) return attendee;
    const [lesson, active] = await Promise.all([lessons.find(lessonId), checkOwnActive(client)]);
    if (!lesson || !isWithin(client, lesson)) return fail('lesson_not_found');
    if (!active.ok) return active;
    const { institutionId } = lesson;
    const by = { role: 'system' as const, clientId: client.id, institutionId, ...placeOf(lesson) };
    const call = { mark, by, nowMs, requestId: request.id, ...(at !== undefined && { at }) };
    const recorded = await recordAttendance(lesson, attendee.data, call);
    if (!recorded.ok) return recorded;
    const { nameCipher, in: came, out } = recorded.data;
    return ok({
      name: maskedName(nameCipher),
      inAtMs: came.atMs,
      ...(out && { outAtMs: out.atMs }),
    });
  },
});
