import type { ErrorCode } from '../../../miniprogram/contract/error-codes';

/** Numbers of the first ID cards: no check character, a year of two digits. They are worth nothing since 2013. */
const FIRST_GENERATION = /^\d{15}$/;

/** Why a cell holds no ID number, once it turned out to hold none: id_number_outdated; id_number_invalid. */
export const whyNoIdNumber = (text: string): ErrorCode =>
  FIRST_GENERATION.test(text.normalize('NFKC').replace(/[\s-]/g, ''))
    ? 'id_number_outdated'
    : 'id_number_invalid';
