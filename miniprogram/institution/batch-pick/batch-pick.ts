import { quietly } from '../../guarded';
import { LIMITS } from '../../contract/limits';
import type { VoucherView } from '../../contract/vouchers';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { growRows, listData, showRows } from '../../page-behaviour/list-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { replacePage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { PagedList } from '../../page-behaviour/paged-list';
import { caller } from '../../services/cloud';
import { loadAll } from '../../services/load-all';
import { BOX_MARKS } from '../../view/choice-marks';
import { parameter } from '../parameter';
import { jobUrl } from '../view/batch';
import { areAllPicked, classChoices, toggleAll, toggleOne, toPickRow, type PickRowView } from '../view/pick';

const addVouchersToBatch = caller('settlement.addVouchers');
const getBatch = caller('settlement.getBatch');
const listClasses = caller('training.listClasses');
const listVouchers = caller('voucher.listVouchers');

const tooMany = (): void =>
  quietly(() => wx.showToast({ title: `一次最多选${LIMITS.pickedVouchersMax}张`, icon: 'none' }));

export default Page({
  ...loadingPage({ once: true }),
  data: {
    ...pageData(),
    ...listData<PickRowView>(),
    classes: [] as { id: string; text: string }[],
    classId: '',
    pickedCount: 0,
    allPicked: false,
    boxes: BOX_MARKS,
  },

  batchId: '',
  picked: new Set<string>(),
  list: undefined as PagedList<VoucherView> | undefined,

  onLoad(query) {
    this.batchId = parameter(query, 'id');
    this.picked = new Set();
  },

  async load() {
    const batch = await getBatch({ batchId: this.batchId });
    if (!batch.ok) return showFailure(this, batch.error);
    const { institutionId, projectId } = batch.data;
    const answer = await loadAll(page => listClasses({ institutionId, ...page }));
    if (!answer.ok) return showFailure(this, answer.error);
    const classes = classChoices(answer.data, projectId);
    const kept = classes.find(({ id }) => id === this.data.classId) ?? classes[0];
    if (!kept) return this.setData({ state: 'empty', refusal: null });
    this.setData({ classes, classId: kept.id });
    await this.loadVouchers(kept.id);
  },

  /** What was picked in another class stays behind: one class at a time can be looked over. */
  async loadVouchers(classId: string) {
    this.setPicked(new Set());
    const list = new PagedList<VoucherView>(page => listVouchers({ classId, status: 'used', ...page }));
    this.list = list;
    await showRows(this, { list, toRow: voucher => this.toRow(voucher), whenNone: 'ready' });
  },

  toRow(voucher: VoucherView): PickRowView {
    return toPickRow(voucher, this.picked);
  },

  listedIds(): string[] {
    return (this.list?.items ?? []).map(({ id }) => id);
  },

  setPicked(picked: Set<string>) {
    this.picked = picked;
    confirmLeave(picked.size > 0);
    const shown = this.list?.shown ?? [];
    this.setData({
      rows: shown.map(voucher => this.toRow(voucher)),
      pickedCount: picked.size,
      allPicked: areAllPicked(this.listedIds(), picked),
    });
  },

  onRowChange({ currentTarget }: WechatMiniprogram.CustomEvent) {
    const picked = toggleOne((currentTarget.dataset as { id: string }).id, this.picked);
    if (!picked) return tooMany();
    this.setPicked(picked);
  },
  onAllChange() {
    this.setPicked(toggleAll(this.listedIds(), this.picked));
  },
  onSignedIn() {
    // Picks are not swept away; what could not be read to pick from is read now.
    if (this.picked.size === 0) void this.load();
  },
  onClassChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ classId: detail.value, hasMore: false });
    this.list = undefined;
    void this.loadVouchers(detail.value);
  },
  async onMore() {
    if (!this.list) return;
    await growRows(this, { list: this.list, toRow: voucher => this.toRow(voucher) });
    this.setData({ allPicked: areAllPicked(this.listedIds(), this.picked) });
  },
  onReachBottom() {
    if (!this.data.isFull) void this.onMore();
  },

  async onAddPress() {
    await once(this, async () => {
      const answer = await addVouchersToBatch({ batchId: this.batchId, voucherIds: [...this.picked] });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      await replacePage(jobUrl(answer.data.id));
    });
  },
});
