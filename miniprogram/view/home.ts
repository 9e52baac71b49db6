import type { Role } from '../contract/roles';
import { VOUCHER_STATUS_NAMES, type VoucherStatus, type VoucherView } from '../contract/vouchers';
import { HOTLINE } from '../text/hotline';
import { isAdministrator, isStaff } from './account';
import { codeUrl, isTooLateToClaim, toVoucherCard, voucherUrl, type VoucherCardView } from './voucher';

/** The one next thing to do. */
export interface HomeView {
  heading: string;
  text: string;
  button: string;
  url: string;
  card: VoucherCardView;
  othersText: string;
}

/** What waits for the worker comes first, the more urgent before the less; then what is under way, then what is over. */
const RANK: Record<VoucherStatus, number> = {
  issued: 0,
  claimed: 1,
  used: 2,
  making: 3,
  batched: 4,
  settled: 5,
  expired: 6,
  voided: 7,
};

const rankOf = (voucher: VoucherView, nowMs: number): number =>
  RANK[isTooLateToClaim(voucher, nowMs) ? 'expired' : voucher.status];

const untilMs = (voucher: VoucherView): number =>
  voucher.status === 'issued' ? voucher.claimUntilMs : voucher.expiresAtMs;

function pickNext(vouchers: readonly VoucherView[], nowMs: number): VoucherView | undefined {
  const [first] = [...vouchers].sort(
    (one, other) => rankOf(one, nowMs) - rankOf(other, nowMs) || untilMs(one) - untilMs(other),
  );
  return first;
}

interface Wording {
  heading: string;
  text: string;
  button: string;
}

const LOOK = '查看这张券';

export const HOME_WORDINGS: Record<VoucherStatus, Wording> = {
  issued: {
    heading: '您有一张券待领取',
    text: '领取后，去培训机构上课时出示二维码就能用。',
    button: '去领取',
  },
  claimed: {
    heading: '您的券可以用了',
    text: '到培训机构后打开二维码，请工作人员扫一扫。',
    button: '出示二维码',
  },
  making: { heading: '券正在制作', text: '部平台正在制券，制好后会发到这里。', button: LOOK },
  used: { heading: '已核验，等待办理补贴', text: '培训机构会去办理补贴，您安心上课就好。', button: LOOK },
  batched: { heading: '补贴正在办理', text: '人社部门正在审核，您不用做什么。', button: LOOK },
  settled: { heading: '都办完了', text: '这张券的补贴已经拨付。', button: LOOK },
  expired: { heading: '券已过期', text: '这张券没有在有效期内使用，不能再用了。', button: LOOK },
  voided: { heading: '券已作废', text: '这张券由人社部门作废，不能再用了。', button: LOOK },
};

const TOO_LATE: Wording = {
  heading: '领取时间已过',
  text: `这张券没有在截止前领取，不能再领了。想参加培训，请联系培训机构或拨打 ${HOTLINE}。`,
  button: LOOK,
};

/** @returns undefined when there is no voucher at all. */
export function toHomeView(
  vouchers: readonly VoucherView[],
  { nowMs, hasMore }: { nowMs: number; hasMore: boolean },
): HomeView | undefined {
  const next = pickNext(vouchers, nowMs);
  if (!next) return undefined;
  const todoCount = vouchers.filter(
    voucher => voucher.id !== next.id && rankOf(voucher, nowMs) < RANK.used,
  ).length;
  return {
    ...(isTooLateToClaim(next, nowMs) ? TOO_LATE : HOME_WORDINGS[next.status]),
    url: next.status === 'claimed' ? codeUrl(next.id) : voucherUrl(next, nowMs),
    card: toVoucherCard(next, nowMs),
    othersText: othersText(todoCount, vouchers.length > 1 || hasMore),
  };
}

function othersText(todoCount: number, hasOthers: boolean): string {
  if (todoCount > 0) return `还有${todoCount}张券要办`;
  return hasOthers ? '查看全部券' : '';
}

/** What people without a voucher come here for: their work, or to learn how to get one. */
export interface NoVoucherView {
  heading: string;
  text: string;
  /** Leads to the tab page; no button when empty. */
  button: string;
  tab: string;
}

export function toNoVoucherView(roles: readonly Role[]): NoVoucherView {
  if (isAdministrator(roles))
    return {
      heading: '核验职业培训券',
      text: '学员到场后，请他们出示二维码，用“扫码”核验。',
      button: '去扫码',
      tab: '/pages/scan/scan',
    };
  if (isStaff(roles))
    return {
      heading: '管理职业培训券',
      text: '券模板、开班审核、发券和结算，都在“管理”里办理。',
      button: '去管理',
      tab: '/pages/desk/desk',
    };
  return {
    heading: '现在没有您的券',
    text: '培训机构把您报进培训班、人社部门审核通过后，券会自动发到这里。您可以下拉刷新看看。',
    button: '',
    tab: '',
  };
}

/** Explained on the detail page: what each state means, in the order in which they come. One that is still being made is not shown to its worker. */
export const STATUS_MEANINGS: readonly { status: VoucherStatus; name: string; text: string }[] = (
  [
    ['issued', '人社部门已经发券给您，还没有领取。'],
    ['claimed', '您已领取，上课时出示二维码使用。'],
    ['used', '培训机构扫码核验过，券已经用掉。'],
    ['batched', '培训机构正在向人社部门申请补贴。'],
    ['settled', '补贴已经拨付，券码从此失效。'],
    ['voided', '人社部门收回了这张券。'],
    ['expired', '没有在有效期内使用。'],
  ] as const
).map(([status, text]) => ({ status, name: VOUCHER_STATUS_NAMES[status], text }));
