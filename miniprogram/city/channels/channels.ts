import { isCityCode } from '../../contract/areas';
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
  changeQuestion,
  toChannelRow,
  toCoverage,
  type ChannelChange,
  type ChannelRow,
  type CoverageView,
} from '../view/channels';
import { choicesOf, type CityChoice } from '../view/cities';

const listChannels = caller('entry.listChannels');
const setChannel = caller('entry.setChannel');

const sheets = askingPage<'change'>();

/** e-SSC channels of a city: which carry vouchers, and how far the 80 % rule is met. */
export default Page({
  ...loadingPage(),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    cities: [] as CityChoice[],
    city: '',
    rows: [] as ChannelRow[],
    coverage: null as CoverageView | null,
    canChange: false,
    question: null as ReturnType<typeof changeQuestion> | null,
  },

  change: undefined as ChannelChange | undefined,

  async load() {
    if (!(await needSession(this))) return;
    const cities = choicesOf(citiesToRead(currentGrants()));
    const city = this.data.city || (cities[0]?.id ?? '');
    this.setData({ cities, city });
    if (!isCityCode(city)) return this.setData({ state: 'empty' });
    const answer = await listChannels({ cityCode: city });
    // Another city was chosen meanwhile.
    if (city !== this.data.city) return;
    if (!answer.ok) return showFailure(this, answer.error);
    const { channels } = answer.data;
    this.setData({
      state: 'ready',
      refusal: null,
      rows: channels.map(toChannelRow),
      coverage: toCoverage(channels),
      canChange: canAct(currentGrants(), 'clerk', { cityCode: city }),
    });
  },

  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ city: detail.value });
    void this.load();
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

  onAddPress() {
    void openPage(cityUrl('channel-form', { cityCode: this.data.city }));
  },
});
