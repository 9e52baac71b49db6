import type { ChannelKind, ChannelView } from '../../contract/channels';
import { CHANNEL_KIND_NAMES } from '../../text/voucher-text';
import type { Tone } from '../../view/tones';
import { percentOf } from './numbers';

export interface ChannelRow {
  number: string;
  name: string;
  note: string;
  statusText: string;
  tone: Tone;
  voucherOpen: boolean;
  issuing: boolean;
}

export const toChannelRow = (channel: ChannelView): ChannelRow => ({
  number: channel.channelNumber,
  name: channel.name,
  note: `${CHANNEL_KIND_NAMES[channel.kind]} · 编号 ${channel.channelNumber}`,
  statusText: channel.voucherOpen ? '已开通' : '未开通',
  tone: channel.voucherOpen ? 'done' : 'dead',
  voucherOpen: channel.voucherOpen,
  issuing: channel.issuing,
});

export const CHANNEL_KINDS: { id: ChannelKind; text: string }[] = (
  Object.entries(CHANNEL_KIND_NAMES) as [ChannelKind, string][]
).map(([id, text]) => ({ id, text }));

/** Notice 一: at least 80 % of a city's issuing channels carry vouchers. */
const TARGET_PERCENT = 80;

export interface CoverageView {
  percent: number;
  /** Whether the rule is met, and what is missing. */
  verdict: string;
  bars: { label: string; value: string; percent: number; markPercent: number; tone: Tone }[];
}

/** Whole numbers decide: 4 of 5 is enough, and no rounding makes 79.9 into 80. */
export function toCoverage(channels: readonly ChannelView[]): CoverageView {
  const issuing = channels.filter(channel => channel.issuing);
  const openCount = issuing.filter(channel => channel.voucherOpen).length;
  const neededCount = Math.ceil((issuing.length * TARGET_PERCENT) / 100);
  const isReached = issuing.length > 0 && openCount >= neededCount;
  const percent = percentOf(openCount, issuing.length);
  const bar = {
    label: '已开通 / 签发渠道',
    value: `${openCount} / ${issuing.length} 个`,
    percent,
    markPercent: TARGET_PERCENT,
  };
  return {
    percent,
    verdict: verdictOf({ issuingCount: issuing.length, missingCount: neededCount - openCount }),
    bars: [{ ...bar, tone: isReached ? 'done' : 'wait' }],
  };
}

function verdictOf({ issuingCount, missingCount }: { issuingCount: number; missingCount: number }): string {
  if (issuingCount === 0) return '还没有签发渠道';
  return missingCount > 0 ? `未达到 80%，还需开通 ${missingCount} 个` : '已达到 80%';
}

export interface ChannelChange {
  number: string;
  field: 'voucherOpen' | 'issuing';
  to: boolean;
}

export interface ChannelQuestion {
  title: string;
  text: string;
  confirmText: string;
  kind: 'main' | 'danger';
}

/** What a switch means, said before it is thrown. */
export function changeQuestion({ name }: ChannelRow, { field, to }: ChannelChange): ChannelQuestion {
  const kind = to ? 'main' : 'danger';
  if (field === 'issuing') {
    return to
      ? {
          title: `把“${name}”设为签发渠道？`,
          text: '会计入 80% 开通率的总数。',
          confirmText: '设为签发渠道',
          kind,
        }
      : {
          title: `“${name}”不再是签发渠道？`,
          text: '不再计入 80% 开通率的总数。',
          confirmText: '取消签发渠道',
          kind,
        };
  }
  return to
    ? {
        title: `为“${name}”开通职业培训券？`,
        text: '开通后，劳动者可以从这个渠道领券。',
        confirmText: '开通',
        kind,
      }
    : {
        title: `停止“${name}”的职业培训券？`,
        text: '停止后，劳动者不能再从这个渠道领券。已经领的券不受影响。',
        confirmText: '停止',
        kind,
      };
}
