import type {
  AttendanceView,
  CertificateView,
  LessonView,
  MarkView,
} from '../../../miniprogram/contract/lessons';
import type { Attendance, MarkRecord } from '../domain/attendance';
import type { Certificate } from '../domain/certificate';
import type { Lesson } from '../domain/lesson';
import { decryptText } from '../runtime/secrets';
import { maskedName } from '../views/voucher-view';

export const toLessonView = ({
  id,
  classId,
  day,
  startsAt,
  endsAt,
  hours,
  startsAtMs,
  endsAtMs,
}: Lesson): LessonView => ({ id, classId, day, startsAt, endsAt, hours, startsAtMs, endsAtMs });

const toMarkView = ({ atMs, recordedAtMs, by, reason }: MarkRecord): MarkView => ({
  atMs,
  recordedAtMs,
  by: by.role,
  ...(reason !== undefined && { reason }),
});

export const toAttendanceView = (attendance: Attendance): AttendanceView => ({
  id: attendance.id,
  lessonId: attendance.lessonId,
  name: maskedName(attendance.nameCipher),
  in: toMarkView(attendance.in),
  ...(attendance.out && { out: toMarkView(attendance.out) }),
});

export const toCertificateView = (certificate: Certificate): CertificateView => ({
  id: certificate.id,
  number: decryptText(certificate.numberCipher),
  name: certificate.name,
  occupation: certificate.occupation,
  ...(certificate.level !== undefined && { level: certificate.level }),
  issuer: certificate.issuer,
  issuedOn: certificate.issuedOn,
  holderName: maskedName(certificate.nameCipher),
  cityCode: certificate.cityCode,
  institutionId: certificate.institutionId,
  institutionName: certificate.institutionName,
  ...(certificate.classId !== undefined && { classId: certificate.classId }),
  ...(certificate.className !== undefined && { className: certificate.className }),
  addedAtMs: certificate.addedAtMs,
});
