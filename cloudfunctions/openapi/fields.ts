import * as v from 'valibot';
import type { Place } from '../shared/domain/scope';
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
  v.description('券码，每行一个'),
);

/** What a client may know of: its institution's, else its city's; the push has those of every city. */
export const isWithin = ({ kind, cityCode, institutionId }: ApiClient, place: Place): boolean => {
  if (kind === 'push') return true;
  return institutionId === undefined ? place.cityCode === cityCode : place.institutionId === institutionId;
};
