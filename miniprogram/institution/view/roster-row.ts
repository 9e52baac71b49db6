import type { RosterEntryView } from '../../contract/training';
import { VOUCHER_STATUS_NAMES } from '../../contract/vouchers';
import { VOUCHER_TONES, type Tone } from '../../view/tones';

export interface RosterRowView {
  id: string;
  name: string;
  idNumber: string;
  statusText: string;
  tone: Tone;
}

export const toRosterRow = ({ id, name, idNumber, voucherStatus }: RosterEntryView): RosterRowView => ({
  id,
  name,
  idNumber,
  statusText: voucherStatus ? VOUCHER_STATUS_NAMES[voucherStatus] : '未发券',
  tone: voucherStatus ? VOUCHER_TONES[voucherStatus] : 'dead',
});
