import { quietly } from '../../guarded';
import type { UseInput } from '../../contract/operations';
import { UNDO_WINDOW_MS, type VoucherReceipt } from '../../contract/vouchers';
import { askingPage } from '../../page-behaviour/asking-page';
import { goBack } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, refusablePage } from '../../page-behaviour/page-state';
import { toClassRow, type ClassRowView } from '../../pages/classes/class-row';
import { NO_CAMERA, scanCode, type Scanned } from '../../pages/scan/scan-code';
import { caller } from '../../services/cloud';
import { findInstitutionId } from '../../session/own-institutions';
import { knowSession } from '../../session/session';
import { askToSignIn } from '../../session/sign-in';
import { parameter } from '../parameter';
import { loadScanClasses } from '../scan-classes';
import { giveSignal } from '../signals';
import {
  CHECKING,
  CHOOSE_CLASS,
  NO_CLASS_RUNNING,
  toAccepted,
  toForeign,
  toRefused,
  toReversed,
  type ScanResultView,
} from '../view/scan-result';

const countVerificationsToday = caller('verification.countToday');
const reverseVerification = caller('verification.reverse');
const useVoucher = caller('verification.use');

type Presented =
  { qrText: string } | { voucherId: string; digits: string } | { voucherCode: string; digits: string };

const sheets = askingPage<'reverse'>();

export default Page({
  ...refusablePage,
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    state: 'ready' as const,
    result: CHECKING,
    countText: '',
    classes: [] as ClassRowView[],
  },

  presented: { qrText: '' } as Presented,
  classId: undefined as string | undefined,
  voucherId: '',
  reverseTimer: undefined as number | undefined,

  onLoad(query) {
    const looks = parameter(query, 'foreign');
    if (looks) return this.show(toForeign(looks));
    const [voucherId, voucherCode] = [parameter(query, 'voucher'), parameter(query, 'code')];
    const digits = parameter(query, 'digits');
    if (voucherId) this.presented = { voucherId, digits };
    else if (voucherCode) this.presented = { voucherCode, digits };
    else this.presented = { qrText: parameter(query, 'qr') };
    this.classId = parameter(query, 'class') || undefined;
    void this.check();
  },

  onUnload() {
    if (this.reverseTimer !== undefined) clearTimeout(this.reverseTimer);
  },

  way(): 'qr' | 'digits' {
    return 'qrText' in this.presented ? 'qr' : 'digits';
  },

  /** Sends what was scanned; a second time with the same request, so that nobody is verified twice. */
  async check() {
    await once(this, async () => {
      this.setData({ result: CHECKING, refusal: null, countText: '' });
      const input: UseInput = {
        ...this.presented,
        ...(this.classId !== undefined && { classId: this.classId }),
      };
      const answer = await useVoucher(input);
      if (answer.ok) return this.accept(answer.data);
      if (answer.error.code === 'class_required') return this.offerClasses();
      this.show(toRefused(answer.error, this.way(), Date.now()));
    });
  },

  accept(receipt: VoucherReceipt) {
    this.voucherId = receipt.voucherId;
    this.show(toAccepted(receipt, this.way()));
    if (this.reverseTimer !== undefined) clearTimeout(this.reverseTimer);
    this.reverseTimer = setTimeout(() => this.setData({ 'result.canReverse': false }), UNDO_WINDOW_MS);
    void this.count();
  },

  show(result: ScanResultView) {
    this.setData({ result });
    giveSignal(result.kind === 'accepted' ? 'accepted' : 'refused');
  },

  /** A number beside the result; without it the result stands all the same. */
  async count() {
    await knowSession();
    const answer = await countVerificationsToday({ institutionId: findInstitutionId() ?? '' });
    if (answer.ok) this.setData({ countText: `今天第 ${answer.data.acceptedCount} 次核验` });
  },

  async offerClasses() {
    await knowSession();
    const institutionId = findInstitutionId() ?? '';
    const answer = await loadScanClasses(institutionId);
    if (!answer.ok) return this.show(toRefused(answer.error, this.way(), Date.now()));
    if (answer.data.length === 0) return this.show(NO_CLASS_RUNNING);
    this.setData({ result: CHOOSE_CLASS, classes: answer.data.map(toClassRow) });
  },
  onClassTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.classId = (currentTarget.dataset as { id: string }).id;
    void this.check();
  },

  onMainPress() {
    const { action } = this.data.result;
    if (action === 'scan') void this.scanNext();
    else if (action === 'again') void this.check();
    else if (action === 'sign_in') askToSignIn();
    else void goBack();
  },
  /** One scanner at a time: a double tap opens no second one. */
  async scanNext() {
    let scanned: Scanned = { kind: 'closed' };
    await once(this, async () => {
      scanned = await scanCode();
    });
    await this.take(scanned);
  },
  async take(scanned: Scanned) {
    if (scanned.kind === 'no_camera') return this.setData({ refusal: NO_CAMERA });
    if (scanned.kind === 'closed') return;
    this.setData({ refusal: null, countText: '' });
    if (scanned.kind === 'foreign') return this.show(toForeign(scanned.looks));
    this.presented = { qrText: scanned.qrText };
    this.classId = undefined;
    await this.check();
  },
  onBackPress() {
    quietly(() => wx.switchTab({ url: '/pages/scan/scan' }));
  },

  onReversePress() {
    this.ask('reverse');
  },
  async onReverseConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    await this.act(
      () => reverseVerification({ voucherId: this.voucherId, reason: detail.reason }),
      (receipt: VoucherReceipt) => this.setData({ countText: '', result: toReversed(receipt, this.way()) }),
    );
  },
  onSignedIn() {
    if (this.data.result.action === 'sign_in') void this.check();
  },
});
