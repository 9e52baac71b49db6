import type { Branded } from './brand';

// Ids are opaque texts. They come from a parsed input, from a stored document, or from the one function that makes them.

export type VoucherId = Branded<string, 'VoucherId'>;
export type TemplateId = Branded<string, 'TemplateId'>;
export type ClassId = Branded<string, 'ClassId'>;
export type RosterEntryId = Branded<string, 'RosterEntryId'>;
export type InstitutionId = Branded<string, 'InstitutionId'>;
export type VerificationId = Branded<string, 'VerificationId'>;
export type BatchId = Branded<string, 'BatchId'>;
export type EntryApplicationId = Branded<string, 'EntryApplicationId'>;
export type JobId = Branded<string, 'JobId'>;
export type LessonId = Branded<string, 'LessonId'>;
export type AttendanceId = Branded<string, 'AttendanceId'>;
export type CertificateId = Branded<string, 'CertificateId'>;
/** 渠道编号: ten digits. */
export type ChannelNumber = Branded<string, 'ChannelNumber'>;
/** Keyed hash of a person's ID number: names a person without telling who it is. */
export type PersonKey = Branded<string, 'PersonKey'>;
/** Public id of a system that may call the open interfaces (开放接口). */
export type ApiClientId = Branded<string, 'ApiClientId'>;
