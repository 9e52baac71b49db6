import { VOUCHER_STATUS_NAMES, type VoucherCommand } from '../../miniprogram/contract/vouchers';
import { VOUCHER_LIFE } from '../../cloudfunctions/shared/domain/voucher';

/** The README's state diagram, drawn from the table of transitions. */
export function voucherDiagram(): string {
  const moves = (Object.keys(VOUCHER_LIFE.moves) as VoucherCommand[]).flatMap(command => {
    const { from, to, by } = VOUCHER_LIFE.moves[command];
    const sources: readonly string[] = from === 'none' ? ['[*]'] : from;
    return sources.map(source => `    ${source} --> ${to}: ${command} (${by.join(', ')})`);
  });
  const names = Object.entries(VOUCHER_STATUS_NAMES).map(
    ([status, name]) => `    ${status}: ${status} ${name}`,
  );
  return ['```mermaid', 'stateDiagram-v2', ...names, ...moves, '```'].join('\n');
}
