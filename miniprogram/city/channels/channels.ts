import { isCityCode, type CityCode } from '../../contract/areas';
import type { ChannelView } from '../../contract/channels';
import { LIMITS } from '../../contract/limits';
import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { canAct, citiesToRead } from '../../view/grants';
import {
  CHANNEL_FILTERS,
  changeQuestion,
  findChannels,
  toChannelRow,
  toCoverage,
  toProvinceCoverage,
  type ChannelChange,
  type ChannelFilter,
  type ChannelRow,
  type CoverageView,
  type ProvinceCoverage,
} from '../view/channels';
import { choicesOf } from '../view/cities';

const listChannels = caller('entry.listChannels');
const setChannel = caller('entry.setChannel');
const getCoverage = caller('entry.getCoverage');

const sheets = askingPage<'change'>();

/** Rows that are added to the screen at once. */
const ROWS_AT_ONCE = 20;

/** e-SSC channels of a city: which carry vouchers, and how far the 80 % rule is met. */
export default Page({
  ...loadingPage(),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    /** With all of them together first, where there are several. */
    cities: [] as { id: string; text: string }[],
    city: '',
    rows: [] as ChannelRow[],
    /** Rows that the search has found; of a long list the first are shown. */
    foundCount: 0,
    hasMore: false,
    coverage: null as CoverageView | null,
    overview: null as ProvinceCoverage | null,
    filters: CHANNEL_FILTERS,
    filter: { status: '' as ChannelFilter | '', search: '' },
    searchCharsMax: LIMITS.nameCharsMax,
    canChange: false,
    question: null as ReturnType<typeof changeQuestion> | null,
  },

  change: undefined as ChannelChange | undefined,
  channels: [] as ChannelView[],
  shownCount: ROWS_AT_ONCE,

  async load() {
    if (!(await needSession(this))) return;
    const readable = citiesToRead(currentGrants());
    const several = readable.length > 1 ? [{ id: '', text: '各市汇总' }] : [];
    const cities = [...several, ...choicesOf(readable)];
    const city = this.data.city || (cities[0]?.id ?? '');
    this.setData({ cities, city });
    if (!isCityCode(city)) return this.loadOverview(readable);
    const answer = await listChannels({ cityCode: city });
    // Another city was chosen meanwhile.
    if (city !== this.data.city) return;
    if (!answer.ok) return showFailure(this, answer.error);
    const { channels } = answer.data;
    this.channels = channels;
    this.setData({
      state: 'ready',
      refusal: null,
      overview: null,
      coverage: toCoverage(channels),
      canChange: canAct(currentGrants(), 'clerk', { cityCode: city }),
    });
    this.showRows();
  },

  async loadOverview(cityCodes: CityCode[]) {
    if (cityCodes.length === 0) return this.setData({ state: 'empty' });
    const answer = await getCoverage({ cityCodes });
    if (this.data.city !== '') return;
    if (!answer.ok) return showFailure(this, answer.error);
    const overview = toProvinceCoverage(answer.data.items);
    this.setData({ state: 'ready', refusal: null, overview, coverage: null, canChange: false, rows: [] });
  },

  showRows() {
    const found = findChannels(this.channels, this.data.filter);
    this.setData({
      rows: found.slice(0, this.shownCount).map(toChannelRow),
      foundCount: found.length,
      hasMore: found.length > this.shownCount,
    });
  },

  chooseCity(city: string) {
    this.channels = [];
    this.shownCount = ROWS_AT_ONCE;
    this.setData({ city, rows: [], foundCount: 0, 'filter.status': '', 'filter.search': '' });
    void this.load();
  },
  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.chooseCity(detail.value);
  },
  onCityTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.chooseCity((currentTarget.dataset as { city: string }).city);
  },
  onFilterChange({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.shownCount = ROWS_AT_ONCE;
    const value = detail.name === 'search' ? detail.value.trim() : detail.value;
    this.setData({ [`filter.${detail.name}`]: value });
    this.showRows();
  },
  onMore() {
    this.shownCount += ROWS_AT_ONCE;
    this.showRows();
  },

  onChangeTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { number, field } = currentTarget.dataset as { number: string; field: 'voucherOpen' | 'issuing' };
    const row = this.data.rows.find(one => one.number === number);
    if (!row) return;
    this.change = { number, field, to: !row[field] };
    this.setData({ question: changeQuestion(row, this.change) });
    this.ask('change');
  },

  async onConfirm() {
    const { change } = this;
    if (!change) return;
    await this.act(
      () => setChannel({ channelNumber: change.number, [change.field]: change.to }),
      () => this.load(),
    );
  },

  onImportPress() {
    void openPage(cityUrl('channel-import'));
  },
  onAddPress() {
    void openPage(cityUrl('channel-form', { cityCode: this.data.city }));
  },
});
