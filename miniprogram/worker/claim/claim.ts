import type { VoucherDetailView } from '../../contract/vouchers';
import { loadingPage } from '../../page-behaviour/loading-page';
import { goBack, replacePage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { findClaimChannel } from '../../phone/launch';
import { caller } from '../../services/cloud';
import { receiptFacts, toClaimView, type ClaimView } from '../../view/claim';
import { codeUrl, voucherUrl, type Fact } from '../../view/voucher';

const listChannels = caller('entry.listChannels');
const claimVoucher = caller('voucher.claim');
const getMyVoucher = caller('voucher.getMine');

export default Page({
  ...loadingPage({ once: true }),
  data: { ...pageData(), claim: null as ClaimView | null, done: false, doneFacts: [] as Fact[] },

  voucherId: '',
  channelNumber: undefined as string | undefined,

  onLoad(query) {
    this.voucherId = query['id'] ?? '';
  },

  async load() {
    // The receipt stays, though the voucher has left this page behind.
    if (this.data.done) return;
    const voucher = await getMyVoucher({ voucherId: this.voucherId });
    if (!voucher.ok) return showFailure(this, voucher.error);
    if (voucher.data.status !== 'issued') return this.leaveFor(voucherUrl(voucher.data, Date.now()));
    await this.loadChannels(voucher.data);
  },

  async loadChannels(voucher: VoucherDetailView) {
    const { cityCode } = voucher;
    const channels = await listChannels({ cityCode });
    if (!channels.ok) return showFailure(this, channels.error);
    this.channelNumber = findClaimChannel(cityCode);
    const facts = { ...channels.data, channelNumber: this.channelNumber, nowMs: Date.now() };
    this.setData({ state: 'ready', refusal: null, claim: toClaimView(voucher, facts) });
  },

  async onClaimPress() {
    await once(this, async () => {
      const { voucherId, channelNumber = '' } = this;
      const receipt = await claimVoucher({ voucherId, channelNumber });
      if (!receipt.ok) return showFailure(this, receipt.error);
      this.setData({ refusal: null, done: true, doneFacts: receiptFacts(receipt.data) });
    });
  },

  onShowPress() {
    this.leaveFor(codeUrl(this.voucherId));
  },
  onBackPress() {
    void goBack();
  },

  leaveFor(url: string) {
    void replacePage(url);
  },
});
