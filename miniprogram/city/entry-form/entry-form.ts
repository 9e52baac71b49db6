import { isCityCode, type CityCode } from '../../contract/areas';
import { LIMITS } from '../../contract/limits';
import { INTERFACES, type EntryApplicationView, type EntryFault } from '../../contract/entry';
import { formatShanghaiClock } from '../../text/shanghai-time';
import { PRINTED_FUNCTION_MODES, PRINTED_ISSUE_MODES } from '../../text/entry-form-text';
import { askingPage } from '../../page-behaviour/asking-page';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage, replacePage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { toShanghaiDay } from '../../view/days';
import { wholeCitiesWith } from '../../view/grants';
import { DraftKeeper } from '../draft-keeper';
import { choicesOf, cityName } from '../view/cities';
import { toDeadline } from '../view/entry';
import {
  CHANNEL_KIND_CHOICES,
  ENTRY_LABELS,
  faultsText,
  fieldErrors,
  FUNCTION_MODE_BOXES,
  INTERFACE_BOXES,
  isEntryField,
  ISSUE_MODE_BOXES,
  keptHints,
  newEntryForm,
  sectionOf,
  toDraft,
  toEntryForm,
  toFormAccounts,
  toggled,
  type EntryForm,
  type FormAccountLine,
  type KeptHints,
  type Section,
} from '../view/entry-form';

const getApplication = caller('entry.getApplication');
const saveApplication = caller('entry.saveApplication');
const submitApplication = caller('entry.submitApplication');

const form = formPage<EntryForm>(newEntryForm(''));
const sheets = askingPage<'submit'>();

type Pick = WechatMiniprogram.CustomEvent<{ name: string; id: string; checked: boolean }>;

/** The form of network entry, field by field. What is typed is kept on the server as soon as a part of the form is left. */
export default Page({
  ...form,
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...form.data,
    ...pageData(),
    ...sheets.data,
    labels: ENTRY_LABELS,
    cities: choicesOf([]),
    cityCode: '' as CityCode | '',
    cityText: '',
    deadlineText: '',
    returnReason: '',
    hints: { contactName: '', contactPhone: '', contactEmail: '' } satisfies KeptHints as KeptHints,
    accounts: [] as FormAccountLine[],
    accountRowsMax: LIMITS.accountRowsMax,
    kinds: CHANNEL_KIND_CHOICES,
    issueModes: ISSUE_MODE_BOXES,
    functionModes: FUNCTION_MODE_BOXES,
    interfaces: INTERFACE_BOXES,
    /** '已保存 10:05'. */
    savedText: '',
  },

  keeper: undefined as DraftKeeper | undefined,
  section: '' as Section | '',
  faults: [] as EntryFault[],
  applicationId: '',
  wasHidden: false,

  onLoad({ applicationId = '', cityCode = '' }) {
    this.applicationId = applicationId;
    if (isCityCode(cityCode)) this.setData({ cityCode });
  },

  async load() {
    if (!(await needSession(this))) return;
    if (this.applicationId === '') return this.begin();
    const answer = await getApplication({ applicationId: this.applicationId });
    if (!answer.ok) return showFailure(this, answer.error);
    const { id, revision } = answer.data;
    this.keeper = new DraftKeeper(saveApplication, { applicationId: id, revision });
    this.setData({ form: toEntryForm(answer.data) });
    this.show(answer.data);
  },

  begin() {
    const cities = choicesOf(wholeCitiesWith(currentGrants(), 'clerk'));
    const cityCode = this.data.cityCode || (cities[0]?.id ?? '');
    if (!isCityCode(cityCode)) return this.setData({ state: 'empty' });
    const filledOn = toShanghaiDay(Date.now());
    this.setData({ state: 'ready', cities, form: newEntryForm(filledOn) });
    this.chooseCity(cityCode);
  },
  chooseCity(cityCode: CityCode) {
    this.keeper = new DraftKeeper(saveApplication, { cityCode });
    this.setData({ cityCode, cityText: cityName(cityCode) });
  },
  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    if (isCityCode(detail.value) && this.keeper?.applicationId === '') this.chooseCity(detail.value);
  },

  /** What others than the fields show; what is typed is left alone. */
  show(entry: EntryApplicationView) {
    this.applicationId = entry.id;
    this.faults = entry.faults;
    this.setData({
      state: 'ready',
      refusal: null,
      cities: [],
      cityCode: entry.cityCode,
      cityText: cityName(entry.cityCode),
      deadlineText: toDeadline(entry.deadlineOn, Date.now()).text,
      returnReason: entry.returnReason ?? '',
      hints: keptHints(entry),
      accounts: toFormAccounts(entry),
      errors: fieldErrors(entry.faults, { withMissing: false }),
      errorText: '',
    });
  },

  change(name: string, value: unknown) {
    form.change.call(this, name, value);
    if (!isEntryField(name)) return;
    const section = sectionOf(name);
    if (this.section !== '' && this.section !== section) void this.keep();
    this.section = section;
    this.setData({ savedText: '' });
    // Today's date is in the form from the beginning; an application begins with the first thing typed.
    const { filledOn } = this.data.form;
    const first = this.keeper?.applicationId === '' ? { filledOn } : {};
    this.keeper?.change({ ...first, ...toDraft(name, value as EntryForm[typeof name]) });
  },
  onPick({ detail }: Pick) {
    this.change(detail.name, detail.id);
  },
  onBoxPick({ detail: { name, id, checked } }: Pick) {
    const { issueModes, functionModes, interfaces } = this.data.form;
    if (name === 'issueModes') this.change(name, toggled(PRINTED_ISSUE_MODES, issueModes, id, checked));
    if (name === 'functionModes')
      this.change(name, toggled(PRINTED_FUNCTION_MODES, functionModes, id, checked));
    if (name === 'interfaces') this.change(name, toggled(INTERFACES, interfaces, id, checked));
  },

  /** Saves what was typed. @returns whether all of it is on the server. */
  async keep(): Promise<boolean> {
    const { keeper } = this;
    if (!keeper) return false;
    const answer = await keeper.keep();
    if (!answer.ok) {
      if (answer.error.code === 'entry_changed') await this.reread();
      showFailure(this, answer.error);
      return false;
    }
    if (answer.data) {
      this.show(answer.data);
      this.setData({ savedText: `已保存 ${formatShanghaiClock(Date.now())}` });
    }
    if (!keeper.hasUnsaved) confirmLeave(false);
    return true;
  },

  /** Somebody else has saved: theirs is shown, but for the fields that were typed here. */
  async reread() {
    const { keeper } = this;
    if (!keeper || keeper.applicationId === '') return;
    const answer = await getApplication({ applicationId: keeper.applicationId });
    if (!answer.ok) return;
    keeper.follow(answer.data);
    const theirs = Object.entries(toEntryForm(answer.data)).filter(
      ([name]) => isEntryField(name) && !keeper.holds(name),
    );
    this.show(answer.data);
    this.setData({ form: { ...this.data.form, ...Object.fromEntries(theirs) } });
  },

  onShow() {
    if (this.data.state === 'loading' || this.data.state === 'failed') return void this.load();
    // Back from an account row, which was saved by its own page.
    if (this.wasHidden && this.keeper?.applicationId) void this.reread();
    this.wasHidden = false;
  },
  onHide() {
    this.wasHidden = true;
    void this.keep();
  },
  onUnload() {
    void this.keep();
  },

  /** Saves because somebody asked for it: an application begins even with nothing typed. */
  async keepNow(): Promise<boolean> {
    const { keeper } = this;
    if (keeper?.applicationId === '') keeper.change({ filledOn: this.data.form.filledOn });
    let isKept = false;
    await once(this, async () => {
      isKept = await this.keep();
    });
    return isKept;
  },
  async onSavePress() {
    await this.keepNow();
  },
  async onSubmitPress() {
    if (!(await this.keepNow())) return;
    if (this.faults.length > 0) return this.showFaults();
    this.ask('submit');
  },
  showFaults() {
    showErrors(this, fieldErrors(this.faults, { withMissing: true }));
    this.setData({ errorText: faultsText(this.faults) });
  },
  async onSubmitConfirm() {
    const { applicationId } = this;
    await this.act(
      () => submitApplication({ applicationId }),
      () => {
        confirmLeave(false);
        void replacePage(cityUrl('entry-detail', { applicationId }));
      },
    );
  },

  /** Account rows belong to an application that is there. */
  async openAccount(rowKey: string) {
    if (!(await this.keepNow())) return;
    void openPage(cityUrl('entry-account', { applicationId: this.applicationId, ...(rowKey && { rowKey }) }));
  },
  onAccountAddPress() {
    void this.openAccount('');
  },
  onAccountTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { rowKey } = currentTarget.dataset as { rowKey: string };
    void this.openAccount(rowKey);
  },
});
