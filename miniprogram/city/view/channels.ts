import type { CityCode } from '../../contract/areas';
import {
  CHANNEL_OPENINGS_SHOWN_MAX,
  type ChannelCoverage,
  type ChannelKind,
  type ChannelOpening,
  type ChannelView,
} from '../../contract/channels';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import { CHANNEL_KIND_NAMES } from '../../text/voucher-text';
import type { Tone } from '../../view/tones';
import { cityName } from './cities';
import { percentOf } from './numbers';

export interface ChannelRow {
  number: string;
  name: string;
  note: string;
  statusText: string;
  /** '2026年11月24日起开通'; empty where nobody noted it. */
  sinceText: string;
  /** States before this one, the latest first; empty where there is none. */
  earlierText: string;
  tone: Tone;
  voucherOpen: boolean;
  issuing: boolean;
}

export const toChannelRow = (channel: ChannelView): ChannelRow => ({
  number: channel.channelNumber,
  name: channel.name,
  note: `${CHANNEL_KIND_NAMES[channel.kind]} · 编号 ${channel.channelNumber}`,
  statusText: channel.voucherOpen ? '已开通' : '未开通',
  ...toOpenings(channel),
  tone: channel.voucherOpen ? 'done' : 'dead',
  voucherOpen: channel.voucherOpen,
  issuing: channel.issuing,
});

function toOpenings({ voucherOpen, voucherOpenSinceMs, openings = [] }: ChannelView) {
  const [, ...before] = openings;
  const wasOpen = openings.some(opening => opening.voucherOpen);
  const stateNow = voucherOpen ? '开通' : wasOpen ? '停止' : '登记，还没有开通';
  const earlier = before.map(opening => {
    const what = opening.voucherOpen ? '开通' : wasFirst(opening, openings) ? '登记' : '停止';
    return formatShanghaiMinute(opening.sinceMs) + what;
  });
  return {
    sinceText:
      voucherOpenSinceMs === undefined ? '' : `${formatShanghaiMinute(voucherOpenSinceMs)}${stateNow}`,
    earlierText: earlier.join('，'),
  };
}

const wasFirst = (opening: ChannelOpening, openings: readonly ChannelOpening[]): boolean =>
  opening === openings.at(-1) && openings.length < CHANNEL_OPENINGS_SHOWN_MAX;

export type ChannelFilter = 'open' | 'closed' | 'missing';

export const CHANNEL_FILTERS: { id: ChannelFilter | ''; text: string }[] = [
  { id: '', text: '全部' },
  { id: 'missing', text: '待开通的签发渠道' },
  { id: 'open', text: '已开通' },
  { id: 'closed', text: '未开通' },
];

const FITS: Record<ChannelFilter, (channel: ChannelView) => boolean> = {
  open: ({ voucherOpen }) => voucherOpen,
  closed: ({ voucherOpen }) => !voucherOpen,
  missing: ({ voucherOpen, issuing }) => issuing && !voucherOpen,
};

/** Those of a city's channels that are looked for, by state and by a part of name or number. */
export const findChannels = (
  channels: readonly ChannelView[],
  { status, search }: { status: ChannelFilter | ''; search: string },
): ChannelView[] =>
  channels.filter(
    channel =>
      (status === '' || FITS[status](channel)) &&
      (search === '' || channel.name.includes(search) || channel.channelNumber.includes(search)),
  );

export const CHANNEL_KINDS: { id: ChannelKind; text: string }[] = (
  Object.entries(CHANNEL_KIND_NAMES) as [ChannelKind, string][]
).map(([id, text]) => ({ id, text }));

/** Notice 一: at least 80 % of a city's issuing channels carry vouchers. */
const TARGET_PERCENT = 80;

/** Names of channels in one sentence. */
const MISSING_NAMED_MAX = 10;

export interface CoverageView {
  percent: number;
  /** '66.67%': as exact as two places are. */
  exactText: string;
  /** Issuing channels that are not open yet, in words. */
  missingText: string;
  /** Whether the rule is met, and what is missing. */
  verdict: string;
  bars: { label: string; value: string; percent: number; markPercent: number; tone: Tone }[];
}

/** Whole numbers decide: 4 of 5 is enough, and no rounding makes 79.9 into 80. */
export function toCoverage(channels: readonly ChannelView[]): CoverageView {
  const issuing = channels.filter(channel => channel.issuing);
  const missing = issuing.filter(channel => !channel.voucherOpen).map(({ name }) => name);
  const named = missing.slice(0, MISSING_NAMED_MAX).join('、');
  const others = missing.length > MISSING_NAMED_MAX ? `等 ${missing.length} 个` : '';
  return {
    ...coverageOf(issuing.length, issuing.length - missing.length),
    missingText: missing.length > 0 ? `还没有开通的签发渠道：${named}${others}` : '',
  };
}

function coverageOf(issuingCount: number, openCount: number): Omit<CoverageView, 'missingText'> {
  const neededCount = Math.ceil((issuingCount * TARGET_PERCENT) / 100);
  const isReached = issuingCount > 0 && openCount >= neededCount;
  const percent = percentOf(openCount, issuingCount);
  const bar = {
    label: '已开通 / 签发渠道',
    value: `${openCount} / ${issuingCount} 个`,
    percent,
    markPercent: TARGET_PERCENT,
  };
  return {
    percent,
    exactText: exactPercent(openCount, issuingCount),
    verdict: verdictOf({ issuingCount, missingCount: neededCount - openCount }),
    bars: [{ ...bar, tone: isReached ? 'done' : 'wait' }],
  };
}

/** Two places, rounded down: 79.999 is not 80. */
function exactPercent(openCount: number, issuingCount: number): string {
  if (issuingCount === 0) return '—';
  const hundredths = Math.floor((openCount * 10_000) / issuingCount);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%`;
}

export interface ProvinceCoverage {
  /** '16 个市中 5 个达到 80%'. */
  summary: string;
  all: Omit<CoverageView, 'missingText'>;
  rows: { cityCode: CityCode; name: string; text: string; verdict: string; tone: Tone }[];
}

/** Of all cities: each by itself, since the rule is a city's. */
export function toProvinceCoverage(items: readonly ChannelCoverage[]): ProvinceCoverage {
  const rows = items.map(({ cityCode, issuingCount, openCount }) => {
    const { exactText, verdict, bars } = coverageOf(issuingCount, openCount);
    const tone = bars[0]?.tone ?? 'wait';
    const text = `${openCount} / ${issuingCount} 个，${exactText}`;
    return { cityCode, name: cityName(cityCode), text, verdict, tone };
  });
  const sum = (count: (item: ChannelCoverage) => number): number =>
    items.reduce((total, item) => total + count(item), 0);
  const reachedCount = rows.filter(({ tone }) => tone === 'done').length;
  return {
    summary: `${rows.length} 个市中 ${reachedCount} 个达到 80%`,
    all: coverageOf(
      sum(({ issuingCount }) => issuingCount),
      sum(({ openCount }) => openCount),
    ),
    rows,
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
