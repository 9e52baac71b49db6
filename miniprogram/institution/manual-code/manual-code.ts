import type { ClassView } from '../../contract/training';
import type { VoucherView } from '../../contract/vouchers';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { loadAll } from '../../services/load-all';
import { findInstitutionId } from '../../session/own-institutions';
import { FIELD_CHARS_MAX } from '../../view/field-chars';
import { loadScanClasses } from '../scan-classes';
import { areComplete, cleanDigits, codeDigitsUrl, DIGITS_COUNT, digitsUrl } from '../view/manual-code';
import { findRows, toVoucherRow, type VoucherRowView } from '../view/voucher-row';

const listVouchers = caller('voucher.listVouchers');

/** Rows beyond are found by typing a name. */
const SHOWN_MAX = 40;

const isGeneral = ({ issueMode }: ClassView): boolean => issueMode === 'general';

/** For the day the camera fails: class → person → the six digits on the worker's phone. */
export default Page({
  ...loadingPage(),
  data: {
    ...pageData(),
    classes: [] as { id: string; text: string }[],
    classId: '',
    search: '',
    rows: [] as VoucherRowView[],
    hiddenCount: 0,
    peopleState: 'ready' as 'loading' | 'ready',
    person: null as VoucherRowView | null,
    /** 通用券 stand on no list: the 券码 is read out. */
    isGeneral: false,
    code: '',
    codeError: '',
    digits: '',
    digitsMax: DIGITS_COUNT + 2,
    codeMax: FIELD_CHARS_MAX.voucherCode,
    digitsError: '',
  },

  people: [] as VoucherRowView[],
  generalIds: new Set<string>(),

  async load() {
    if (!(await needSession(this))) return;
    const institutionId = findInstitutionId() ?? '';
    const answer = await loadScanClasses(institutionId);
    if (!answer.ok) return showFailure(this, answer.error);
    const classes = answer.data.map(({ id, name }) => ({ id, text: name }));
    this.generalIds = new Set(answer.data.filter(isGeneral).map(({ id }) => id));
    const kept = classes.find(({ id }) => id === this.data.classId) ?? classes[0];
    if (!kept) return this.setData({ state: 'empty', refusal: null });
    this.setData({ state: 'ready', refusal: null, classes, classId: kept.id });
    await this.showClass(kept.id);
  },

  async showClass(classId: string) {
    const isGeneral = this.generalIds.has(classId);
    this.setData({ isGeneral });
    if (!isGeneral) await this.loadPeople(classId);
  },

  async loadPeople(classId: string) {
    const answer = await loadAll<VoucherView>(page => listVouchers({ classId, status: 'claimed', ...page }));
    if (classId !== this.data.classId) return;
    this.setData({ peopleState: 'ready' });
    if (!answer.ok) return showFailure(this, answer.error);
    const nowMs = Date.now();
    this.people = answer.data.map(voucher => toVoucherRow(voucher, nowMs));
    const { person } = this.data;
    // Verified meanwhile: back to the list.
    if (person && !this.people.some(({ id }) => id === person.id)) this.setData({ person: null });
    this.showPeople();
  },

  showPeople() {
    const found = findRows(this.people, this.data.search);
    this.setData({ rows: found.slice(0, SHOWN_MAX), hiddenCount: Math.max(0, found.length - SHOWN_MAX) });
  },

  onClassChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.people = [];
    this.setData({ classId: detail.value, peopleState: 'loading', rows: [], hiddenCount: 0, search: '' });
    void this.showClass(detail.value);
  },
  onSearchChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ search: detail.value });
    this.showPeople();
  },
  onPersonTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: string };
    this.setData({ person: this.people.find(row => row.id === id) ?? null, digits: '', digitsError: '' });
  },
  onPersonBack() {
    this.setData({ person: null });
  },
  onDigitsChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ digits: cleanDigits(detail.value), digitsError: '' });
  },
  onCodeChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ code: detail.value, codeError: '' });
  },
  async onVerifyPress() {
    const { person, digits, isGeneral, classId, code } = this.data;
    if (!person && !isGeneral) return;
    const codeError = isGeneral && code.trim() === '' ? '请输入券码' : '';
    const digitsError = areComplete(digits) ? '' : `请输入${DIGITS_COUNT}位数字`;
    if (codeError || digitsError) return this.setData({ codeError, digitsError });
    await once(this, async () => {
      await openPage(person ? digitsUrl(person.id, digits) : codeDigitsUrl({ classId, code, digits }));
      this.setData({ digits: '' });
    });
  },
});
