import type { ChannelView } from '../contract/channels';
import type { VoucherReceipt, VoucherView } from '../contract/vouchers';
import { HOTLINE } from '../text/hotline';
import { formatLastDay, formatShanghaiMinute } from '../text/shanghai-time';
import { formatDay } from './days';
import { toVoucherCard, type Fact, type VoucherCardView } from './voucher';

export interface ClaimView {
  card: VoucherCardView;
  facts: Fact[];
  canClaim: boolean;
  /** Why not, and where instead. */
  obstacle: string;
}

interface ClaimFacts {
  channels: readonly ChannelView[];
  channelNumber: string | undefined;
  nowMs: number;
}

export function toClaimView(voucher: VoucherView, facts: ClaimFacts): ClaimView {
  const obstacle = findObstacle(voucher, facts);
  return {
    card: toVoucherCard(voucher, facts.nowMs),
    facts: claimFacts(voucher),
    canClaim: obstacle === '',
    obstacle,
  };
}

function findObstacle(voucher: VoucherView, { channels, channelNumber, nowMs }: ClaimFacts): string {
  if (nowMs >= voucher.claimUntilMs) return '领取时间已经过了，不能再领。请联系培训机构或市人社部门。';
  const open = channels.filter(channel => channel.voucherOpen);
  if (open.some(channel => channel.channelNumber === channelNumber)) return '';
  if (open.length === 0) return `您所在的市还没有开通领取入口。请过几天再来，或拨打 ${HOTLINE} 询问。`;
  const names = open.map(channel => `“${channel.name}”`).join('、');
  return `这里不能直接领取。请从您所在市的${names}打开职业培训券，再点“领取”。`;
}

/** What the voucher is good for, where, until when. */
function claimFacts(voucher: VoucherView): Fact[] {
  const facts: [string, string | undefined][] = [
    ['用在哪', voucher.institutionName ?? '任选一家参加的培训机构'],
    ['上什么课', voucher.className],
    ['上课地点', voucher.place],
    ['开课日期', voucher.startsOn === undefined ? undefined : formatDay(voucher.startsOn)],
    ['领取截止', `${formatLastDay(voucher.claimUntilMs)}（含当天）`],
    ['使用截止', `${formatLastDay(voucher.expiresAtMs)}（含当天）`],
    ['持券人', voucher.holderName],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

export const receiptFacts = (receipt: VoucherReceipt): Fact[] => [
  { label: '领取时间', value: formatShanghaiMinute(receipt.atMs) },
  ...(receipt.className ? [{ label: '培训班', value: receipt.className }] : []),
  { label: '持券人', value: receipt.holderName },
];
