import { quietly } from '../../guarded';
import type { JobView } from '../../contract/jobs';
import type { BatchDetailView, BatchView } from '../../contract/settlement';
import { askingPage } from '../../page-behaviour/asking-page';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { goBack } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { toShanghaiDay } from '../../view/days';
import type { Fact } from '../../view/voucher';
import { toBatchPage, type BatchPage } from '../view/batches';
import { paymentBounds, paymentFacts, readPayment, type Payment, type PaymentForm } from '../view/payment';

const getBatch = caller('settlement.getBatch');
const payBatch = caller('settlement.payBatch');
const returnBatch = caller('settlement.returnBatch');

const form = formPage<PaymentForm>({ amount: '', paidOn: '', reference: '' });
const sheets = askingPage<'pay' | 'return'>();

/** Records a disbursement (拨付) and follows the write-off (核销) until it is done. */
export default Page({
  ...form,
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...form.data,
    ...pageData(),
    ...sheets.data,
    batch: null as BatchPage | null,
    askFacts: [] as Fact[],
    /** Paid or returned: what follows is the system's work. */
    jobId: '',
    job: null as JobView | null,
    isSettled: false,
    isPayable: false,
    approvedOn: '',
    today: '',
  },

  batchId: '',
  batch: undefined as BatchView | undefined,
  payment: undefined as Payment | undefined,

  onLoad({ batchId = '' }) {
    this.batchId = batchId;
    this.setData({ 'form.paidOn': toShanghaiDay(Date.now()) });
  },

  async load() {
    const answer = await getBatch({ batchId: this.batchId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.show(answer.data);
  },

  show(batch: BatchDetailView) {
    const hasJob = batch.status === 'paid' || batch.status === 'settled' || batch.status === 'returned';
    const { approvedOn, today } = paymentBounds(batch, Date.now());
    this.batch = batch;
    this.setData({
      state: 'ready',
      refusal: null,
      batch: toBatchPage(batch),
      jobId: hasJob ? (batch.jobId ?? '') : '',
      job: batch.job ?? null,
      isSettled: batch.status === 'settled',
      isPayable: batch.status === 'approved',
      approvedOn,
      today,
    });
  },

  onPayPress() {
    const { batch } = this;
    if (!batch) return;
    const read = readPayment(this.data.form, paymentBounds(batch, Date.now()));
    if (!read.ok) return showErrors(this, read.errors);
    this.payment = read.payment;
    this.setData({ askFacts: paymentFacts(batch, read.payment) });
    this.ask('pay');
  },

  onReturnPress() {
    this.ask('return');
  },
  async onReturnConfirm({ detail: { reason } }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    await this.act(
      () => returnBatch({ batchId: this.batchId, reason }),
      batch => {
        confirmLeave(false);
        this.show(batch);
      },
    );
  },

  async onConfirm() {
    const { payment, batchId } = this;
    if (!payment) return;
    await this.act(
      () => payBatch({ batchId, ...payment }),
      batch => {
        confirmLeave(false);
        this.show(batch);
        // The result stands at the top.
        quietly(() => wx.pageScrollTo({ scrollTop: 0 }));
      },
    );
  },

  onJobEnd() {
    if (this.data.batch?.isWritingOff) void this.load();
  },
  onDonePress() {
    void goBack();
  },
});
