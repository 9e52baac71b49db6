import type { PageInput } from '../../contract/paging';
import type { ClassView } from '../../contract/training';
import { growRows, listData, showRows } from '../../page-behaviour/list-page';
import { loadWhenShown } from '../../page-behaviour/load-when-shown';
import { openPage } from '../../page-behaviour/navigate';
import { hasLoaded, leaveSignInToFrame, pageData, refusablePage } from '../../page-behaviour/page-state';
import { PagedList } from '../../page-behaviour/paged-list';
import { caller } from '../../services/cloud';
import {
  chooseInstitution,
  findInstitutionId,
  knownInstitutions,
  loadInstitutions,
} from '../../session/own-institutions';
import { CLASS_FILTERS, toClassRow, type ClassFilter, type ClassRowView } from './class-row';

const listClasses = caller('training.listClasses');

const lists = new WeakMap<object, PagedList<ClassView>>();

/** An institution's classes and the ways to its other work, shown in the tab page `pages/desk`. */
export default Component({
  data: {
    ...pageData(),
    ...listData<ClassRowView>(),
    institution: knownInstitutions(),
    filters: CLASS_FILTERS,
    filter: '' as ClassFilter,
  },

  lifetimes: {
    attached() {
      lists.set(this, new PagedList(input => this.ask(input)));
      void loadWhenShown(this, () => this.reload());
    },
  },

  pageLifetimes: {
    show() {
      void loadWhenShown(this, () => this.reload());
    },
  },

  methods: {
    ...refusablePage,
    /** Called by the page when it is pulled down: from the beginning, wherever the list stood. */
    async refresh() {
      lists.get(this)?.rewind();
      await this.reload();
    },
    async reload() {
      const [institution] = await Promise.all([loadInstitutions(), this.load()]);
      if (institution.ok) this.setData({ institution: institution.data });
    },

    async load() {
      const list = lists.get(this);
      if (list)
        await showRows(this, {
          list,
          toRow: toClassRow,
          whenNone: this.data.filter === '' ? 'empty' : 'ready',
        });
      if (hasLoaded(this.data)) this.triggerEvent('loaded');
      leaveSignInToFrame(this);
    },
    /** With another filter or institution. */
    async loadOther() {
      lists.get(this)?.clear();
      this.setData({ ...listData(), state: 'loading' });
      await this.load();
    },
    ask(input: PageInput) {
      const { filter } = this.data;
      const institutionId = findInstitutionId() ?? '';
      return listClasses({ institutionId, ...(filter && { status: filter }), ...input });
    },

    onMore() {
      const list = lists.get(this);
      if (list) void growRows(this, { list, toRow: toClassRow }).then(() => leaveSignInToFrame(this));
    },
    onFilterChange({ detail }: WechatMiniprogram.CustomEvent<{ value: ClassFilter }>) {
      this.setData({ filter: detail.value });
      void this.loadOther();
    },
    onInstitutionChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      chooseInstitution(detail.value);
      this.setData({ institution: knownInstitutions() });
      void this.loadOther();
    },
    onNewPress() {
      void openPage('/institution/class-form/class-form');
    },
    onRowTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      void openPage((currentTarget.dataset as { url: string }).url);
    },
    onRetry() {
      void this.refresh();
    },
  },
});
