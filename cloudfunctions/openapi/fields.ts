import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import type { Place } from '../shared/domain/scope';
import { Reason as AnyReason } from '../shared/runtime/input';
import type { ApiClient } from '../shared/store/api-clients';
import { ROWS_MAX } from './open-interface';

// Fields that several interfaces have, with what the document says of them.

export const AtMs = v.pipe(
  v.number(),
  v.integer(),
  v.description('时间：1970年1月1日零时（UTC）以来的毫秒数'),
);

/** Longer than any code with the blanks and dashes that people put into it. */
const CODE_CHARACTERS_MAX = 40;

export const VoucherCodes = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(CODE_CHARACTERS_MAX))),
  v.minLength(1),
  v.maxLength(ROWS_MAX),
  v.description('券码，每行一个，最多1000行'),
);

export const VoucherCodeOut = v.pipe(v.string(), v.description('券码'));

const ID_CHARACTERS_MAX = 40;
const IdNumber = (whose: string) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(ID_CHARACTERS_MAX), v.description(whose));

/** Of the worker. */
export const WorkerIdNumber = IdNumber('劳动者的身份证号。只写在请求体里，不写进日志');
export const AdministratorIdNumber = IdNumber('办理人的身份证号：该机构在任的培训机构管理员');
export const OfficerIdNumber = IdNumber('办理人的身份证号：该市在任的业务经办人员');

export const QrText = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(LIMITS.qrTextCharsMax),
  v.description('劳动者出示的动态二维码的内容，原样填写'),
);

export const Reason = v.pipe(AnyReason, v.description('原因，写入记录'));

/** What a client may know of: its institution's, else its city's; the push has those of every city. */
export const isWithin = ({ kind, cityCode, institutionId }: ApiClient, place: Place): boolean => {
  if (kind === 'push') return true;
  return institutionId === undefined ? place.cityCode === cityCode : place.institutionId === institutionId;
};
