import type { CityCode } from '../../contract/areas';
import { LIMITS } from '../../contract/limits';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { currentGrants, officeAreas } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { hasRole, wholeCitiesWith } from '../../view/grants';
import { cityFilters } from '../view/cities';
import {
  ACTIVE_FILTERS,
  toActive,
  toInstitutionRow,
  totalsText,
  type ActiveFilter,
} from '../view/institutions';

const listInstitutions = caller('training.listInstitutions');
const countInstitutions = caller('training.countInstitutions');

const list = listPage({
  ask: ({ status, ...input }) => listInstitutions({ ...officeAreas(), ...toActive(status), ...input }),
  toRow: toInstitutionRow,
  filter: { cityCode: '' as CityCode | '', status: '' as ActiveFilter | '', search: '' },
});

export default Page({
  ...list,
  data: {
    ...list.data,
    cities: cityFilters([]),
    statuses: ACTIVE_FILTERS,
    canAdd: false,
    canImport: false,
    /** What is typed, and not yet searched for. */
    typed: '',
    searchCharsMax: LIMITS.nameCharsMax,
    totals: '',
  },

  async onLoad() {
    if (!(await needSession(this))) return;
    const grants = currentGrants();
    this.setData({
      cities: cityFilters(grants),
      canAdd: hasRole(grants, 'clerk'),
      canImport: wholeCitiesWith(grants, 'clerk').length > 0,
    });
  },

  async load() {
    if (!(await needSession(this))) return;
    await Promise.all([this.loadRows(), this.count()]);
  },

  /** Of the whole search, however many rows are on the screen. Without them the list is as good. */
  async count() {
    const { cityCode, search } = this.data.filter;
    const asked = { ...officeAreas(), ...(cityCode && { cityCode }), ...(search && { search }) };
    const counted = await countInstitutions(asked);
    this.setData({ totals: counted.ok ? totalsText(counted.data) : '' });
  },

  onTyped({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value });
    // An emptied field shows everything again, as people expect of it.
    if (detail.value.trim() === '' && this.data.filter.search !== '') this.search('');
  },
  onSearchPress() {
    this.search(this.data.typed.trim());
  },
  search(value: string) {
    list.onFilterChange.call(this, {
      detail: { name: 'search', value },
    } as WechatMiniprogram.CustomEvent<{ name: string; value: string }>);
  },

  onAddPress() {
    void openPage(cityUrl('institution-form'));
  },
  onImportPress() {
    void openPage(cityUrl('institution-import'));
  },
});
