import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { Refusal, RefusalData } from '../../../miniprogram/contract/result';

/**
 * Carries a refusal out of the callbacks of the unzip, XML and CSV parsers, which can be stopped in no other way.
 * Only readTable catches it and answers with the refusal as a value.
 */
export class FileRefusal extends Error {
  readonly refusal: Refusal;

  constructor(code: ErrorCode, data?: RefusalData) {
    super(code);
    this.name = 'FileRefusal';
    this.refusal = data === undefined ? { code } : { code, data };
  }
}

/** Refuses a file whose bytes contradict its own format. */
export const refuseCorrupt = (): never => {
  throw new FileRefusal('file_corrupt');
};
