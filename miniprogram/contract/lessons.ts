import type {
  AttendanceId,
  CertificateId,
  ClassId,
  InstitutionId,
  LessonId,
  RosterEntryId,
  VoucherId,
} from './ids';
import type { CityCode } from './areas';
import type { StepRole } from './vouchers';

/** A lesson that was removed stays, but nobody signs in to it and no list shows it. */
export type LessonStatus = 'planned' | 'removed';

export type LessonCommand = 'add' | 'amend' | 'remove';

export interface LessonFields {
  /** Calendar day, Asia/Shanghai: 2026-11-24. A lesson ends on the day on which it begins. */
  day: string;
  /** Time of that day: 08:30. */
  startsAt: string;
  endsAt: string;
  /** 课时. */
  hours: number;
}

/** One lesson (课次) of a class. */
export interface LessonView extends LessonFields {
  id: LessonId;
  classId: ClassId;
  startsAtMs: number;
  endsAtMs: number;
}

/** 签到 and 签退. */
export type AttendanceMark = 'in' | 'out';

/** Somebody of a class, as its lists name them: on its roster, or with the voucher that was used at it. */
export type AttendeeInput = { entryId: RosterEntryId } | { voucherId: VoucherId };

export interface MarkView {
  /** When the person came or left. */
  atMs: number;
  /** When that was recorded. */
  recordedAtMs: number;
  by: StepRole;
  /** Of what was recorded by hand. */
  reason?: string;
}

/** That somebody was at a lesson (打卡签到). */
export interface AttendanceView {
  id: AttendanceId;
  lessonId: LessonId;
  /** Masked. */
  name: string;
  in: MarkView;
  out?: MarkView;
}

/** 职业技能等级, from the lowest to the highest. */
export const CERTIFICATE_LEVELS = [
  'apprentice',
  'level_5',
  'level_4',
  'level_3',
  'level_2',
  'level_1',
  'special_technician',
  'chief_technician',
] as const;
export type CertificateLevel = (typeof CERTIFICATE_LEVELS)[number];

export interface CertificateFields {
  /** 证书编号: unique with its issuer, never an ID number. */
  number: string;
  /** 证书名称: 职业技能等级证书. */
  name: string;
  /** 职业（工种）: 焊工. */
  occupation: string;
  /** Where the certificate has one. */
  level?: CertificateLevel;
  /** 发证机构. */
  issuer: string;
  /** Calendar day, Asia/Shanghai. */
  issuedOn: string;
}

/** A certificate (证书) of a person, from a class or by itself. */
export interface CertificateView extends CertificateFields {
  id: CertificateId;
  /** Masked. */
  holderName: string;
  cityCode: CityCode;
  institutionId: InstitutionId;
  institutionName: string;
  classId?: ClassId;
  className?: string;
  addedAtMs: number;
}
