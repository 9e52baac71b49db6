import type { BatchView } from '../../contract/settlement';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { goBack } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { toShanghaiDay } from '../../view/days';
import type { Fact } from '../../view/voucher';
import { toBatchPage, type BatchPage } from '../view/batches';
import {
  paymentFacts,
  readPayment,
  type Payment,
  type PaymentErrors,
  type PaymentForm,
} from '../view/payment';

const getBatch = caller('settlement.getBatch');
const payBatch = caller('settlement.payBatch');

/** Records a disbursement (拨付) and follows the write-off (核销) until it is done. */
export default Page({
  data: {
    ...pageData(),
    batch: null as BatchPage | null,
    form: { amount: '', paidOn: '', reference: '' } as PaymentForm,
    errors: {} as PaymentErrors,
    errorText: '',
    asking: false,
    askFacts: [] as Fact[],
    /** Paid: what follows is the system's work. */
    jobId: '',
    isSettled: false,
    isPayable: false,
  },

  batchId: '',
  batch: undefined as BatchView | undefined,
  payment: undefined as Payment | undefined,

  onLoad({ batchId = '' }) {
    this.batchId = batchId;
    this.setData({ 'form.paidOn': toShanghaiDay(Date.now()) });
    void this.load();
  },

  async load() {
    const answer = await getBatch({ batchId: this.batchId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.show(answer.data);
  },

  show(batch: BatchView) {
    const isPaid = batch.status === 'paid' || batch.status === 'settled';
    this.batch = batch;
    this.setData({
      state: 'ready',
      refusal: null,
      asking: false,
      batch: toBatchPage(batch),
      jobId: isPaid ? (batch.jobId ?? '') : '',
      isSettled: batch.status === 'settled',
      isPayable: batch.status === 'approved',
    });
  },

  onFieldChange({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.setData({ [`form.${detail.name}`]: detail.value, [`errors.${detail.name}`]: '', errorText: '' });
    confirmLeave(true);
  },

  onPayPress() {
    const { batch } = this;
    if (!batch) return;
    const facts = { totalFen: batch.totalFen, today: toShanghaiDay(Date.now()) };
    const read = readPayment(this.data.form, facts);
    if (!read.ok) return showErrors(this, read.errors);
    this.payment = read.payment;
    this.setData({ asking: true, refusal: null, askFacts: paymentFacts(batch, read.payment) });
  },
  onCancel() {
    this.setData({ asking: false });
  },

  async onConfirm() {
    const { payment, batchId } = this;
    if (!payment) return;
    await once(this, async () => {
      const answer = await payBatch({ batchId, ...payment });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      this.show(answer.data);
      // The result stands at the top.
      void wx.pageScrollTo({ scrollTop: 0, fail: () => undefined });
    });
  },

  onJobEnd() {
    if (!this.data.isSettled) void this.load();
  },
  onDonePress() {
    void goBack();
  },
  onAgain() {
    void (this.data.asking ? this.onConfirm() : this.load());
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
