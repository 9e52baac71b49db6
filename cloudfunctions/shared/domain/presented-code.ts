import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { isFresh, windowOf } from './qr-token';
import { stepMarked, type EntryOf, type StepMark, type Voucher } from './voucher';

/** A genuine code as it was presented. Typed digits have no nonce. */
export interface PresentedCode {
  /** In which it was made. */
  window: number;
  nonce?: string;
}

/**
 * What a code is worth when it is presented. The very request that has succeeded before gets that success again, however old
 * the code is by now; nothing else that is known of a request makes up for its age.
 * @returns the success of the same request, or nothing yet; code_expired.
 */
export function judgeCode(
  voucher: Voucher,
  { window }: PresentedCode,
  { mark, nowMs }: { mark: StepMark<'use'>; nowMs: number },
): Result<{ earlier?: EntryOf<'use'> }> {
  const earlier = stepMarked(voucher, mark);
  if (earlier) return ok({ earlier });
  return isFresh(window, nowMs) ? ok({}) : fail('code_expired');
}

/**
 * Whether the code, or one that was shown before it, has counted already. That a scan was taken back does not make its code
 * count again. Of one window there are many pictures, told apart by their nonces, but only one set of digits.
 */
export const isReplayed = ({ history }: Pick<Voucher, 'history'>, code: PresentedCode): boolean =>
  history.some(entry => entry.command === 'use' && hasCounted(entry, code));

function hasCounted({ atMs, codeWindow, nonce }: EntryOf<'use'>, code: PresentedCode): boolean {
  if (nonce !== code.nonce) return codeWindow !== undefined && code.window < codeWindow;
  // Steps of earlier versions do not say of which window their code was.
  return nonce !== undefined || code.window <= (codeWindow ?? windowOf(atMs));
}
