import { isCityCode } from '../../contract/areas';
import type { ApiClientView } from '../../contract/open-interfaces';
import { quietly } from '../../guarded';
import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { loadAll } from '../../services/load-all';
import { toClientPage, type ClientPage } from '../view/entry-client';

const listClients = caller('entry.listClients');
const renewClientSecret = caller('entry.renewClientSecret');

const sheets = askingPage<'renew' | 'replace'>();

/** The system that an approved application has let in. Its secret is on this page alone, once, until the page is left. */
export default Page({
  ...loadingPage(),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    client: null as ClientPage | null,
    secret: '',
    keyVersion: 0,
  },

  clientId: '',
  cityCode: '',

  onLoad({ clientId = '', cityCode = '' }) {
    this.clientId = clientId;
    this.cityCode = cityCode;
  },
  onUnload() {
    this.setData({ secret: '' });
  },

  async load() {
    if (!(await needSession(this))) return;
    const { cityCode } = this;
    if (!isCityCode(cityCode)) return this.setData({ state: 'empty' });
    const answer = await loadAll(page => listClients({ cityCode, ...page }));
    if (!answer.ok) return showFailure(this, answer.error);
    const client = answer.data.find(({ id }) => id === this.clientId);
    if (!client) return showFailure(this, { code: 'client_not_found' });
    this.show(client);
  },

  show(client: ApiClientView) {
    this.setData({ state: 'ready', refusal: null, client: toClientPage(client) });
  },

  onRenewPress() {
    this.ask('renew');
  },
  onReplacePress() {
    this.ask('replace');
  },
  async onRenewConfirm() {
    const { clientId } = this;
    const endsOthers = this.data.asking === 'replace';
    await this.act(
      () => renewClientSecret({ clientId, ...(endsOthers && { endOthersAtOnce: true }) }),
      ({ client, secret, keyVersion }) => {
        this.show(client);
        this.setData({ secret, keyVersion });
        // The secret stands at the top.
        quietly(() => wx.pageScrollTo({ scrollTop: 0 }));
      },
    );
  },

  onCopyPress() {
    quietly(() => wx.setClipboardData({ data: this.data.secret }));
  },
  onKeptPress() {
    this.setData({ secret: '' });
  },
});
