import type { PageInput } from '../../contract/paging';
import type { ClassView } from '../../contract/training';
import { knownInstitutions, loadInstitutions } from '../../services/own-institutions';
import { PagedList, rowPatch } from '../../services/paged-list';
import { pageData, showFailure } from '../../services/page-state';
import { listClasses } from '../../services/training';
import { chooseInstitution, findInstitutionId } from '../../services/work-place';
import { CLASS_FILTERS, toClassRow, type ClassFilter, type ClassRowView } from './class-row';

const loadClasses = (filter: ClassFilter) => (page: PageInput) =>
  listClasses({
    institutionId: findInstitutionId() ?? '',
    ...(filter !== 'all' && { status: filter }),
    ...page,
  });

/** One list for each filter that was chosen, so that a slow answer never lands under another filter. */
const lists = new WeakMap<object, PagedList<ClassView>>();

/** An institution's classes and the ways to its other work, shown in the tab page `pages/desk`. */
export default Component({
  data: {
    ...pageData(),
    institution: knownInstitutions(),
    filters: CLASS_FILTERS,
    filter: 'all' as ClassFilter,
    rows: [] as ClassRowView[],
    hasMore: false,
    loadingMore: false,
  },

  lifetimes: {
    attached() {
      void this.refresh();
    },
  },

  pageLifetimes: {
    show() {
      void this.refresh();
    },
  },

  methods: {
    /** Called by the page when it is pulled down. */
    async refresh() {
      const [institution] = await Promise.all([loadInstitutions(), this.load()]);
      if (institution.ok) this.setData({ institution: institution.data });
    },

    async load() {
      const list = new PagedList(loadClasses(this.data.filter));
      lists.set(this, list);
      const answer = await list.refresh();
      if (lists.get(this) !== list) return;
      if (!answer.ok) return showFailure(this, answer.error);
      this.setData({
        state: answer.data.length === 0 && this.data.filter === 'all' ? 'empty' : 'ready',
        refusal: null,
        rows: answer.data.map(toClassRow),
        hasMore: list.hasMore,
      });
    },

    async onMore() {
      const list = lists.get(this);
      if (!list?.hasMore || this.data.loadingMore) return;
      this.setData({ loadingMore: true });
      const answer = await list.more();
      this.setData({ loadingMore: false });
      if (lists.get(this) !== list || !answer) return;
      if (!answer.ok) return showFailure(this, answer.error);
      const rows = answer.data.map(toClassRow);
      this.setData({ ...rowPatch('rows', rows, this.data.rows.length), hasMore: list.hasMore });
    },

    onFilterChange({ detail }: WechatMiniprogram.CustomEvent<{ id: ClassFilter }>) {
      this.setData({ filter: detail.id, rows: [], hasMore: false, state: 'loading' });
      void this.load();
    },
    onInstitutionChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      chooseInstitution(detail.value);
      this.setData({ institution: knownInstitutions(), rows: [], hasMore: false, state: 'loading' });
      void this.load();
    },
    onNewPress() {
      void wx.navigateTo({ url: '/institution/class-form/class-form' });
    },
    onRowTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      void wx.navigateTo({ url: (currentTarget.dataset as { url: string }).url });
    },
    onRetry() {
      void this.refresh();
    },
    onDismiss() {
      this.setData({ refusal: null });
    },
  },
});
