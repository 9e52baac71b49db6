import type { CodeSource } from '../../../miniprogram/contract/platform';

/**
 * Who makes the codes, by VOUCHER_CODES: this system unless it says `ministry`.
 * @throws Error for anything else: nobody must take the one for the other by a slip of the pen.
 */
export function codeSource(): CodeSource {
  const set = process.env['VOUCHER_CODES'] ?? '';
  if (set === '' || set === 'standalone') return 'standalone';
  if (set === 'ministry') return 'ministry';
  throw new Error('VOUCHER_CODES must be standalone or ministry');
}
