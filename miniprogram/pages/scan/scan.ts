import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import {
  chooseInstitution,
  findInstitutionId,
  knownInstitutions,
  loadInstitutions,
} from '../../session/own-institutions';
import { refreshSession, session } from '../../session/session';
import { NO_CAMERA, scanCode } from './scan-code';

const countVerificationsToday = caller('verification.countToday');

export default Page({
  ...loadingPage(),
  data: {
    ...pageData(),
    institution: knownInstitutions(),
    /** Verified today; -1 until it is known. */
    todayCount: -1,
  },

  /** The button works as soon as the role is known; name and count follow. */
  async load() {
    if (!session.value.account) {
      const account = await refreshSession();
      if (!account.ok) return showFailure(this, account.error);
    }
    if (findInstitutionId() === undefined) return this.setData({ state: 'empty' });
    if (this.data.state !== 'ready') this.setData({ state: 'ready', institution: knownInstitutions() });
    const institution = await loadInstitutions();
    if (!institution.ok) return showFailure(this, institution.error);
    this.setData({ institution: institution.data });
    await this.count(institution.data.id);
  },

  async count(institutionId: string) {
    const answer = await countVerificationsToday({ institutionId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.setData({ refusal: null, todayCount: answer.data.acceptedCount });
  },

  onInstitutionChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    chooseInstitution(detail.value);
    this.setData({ institution: knownInstitutions(), todayCount: -1 });
    void this.count(detail.value);
  },

  async onScanTap() {
    await once(this, async () => {
      const scanned = await scanCode();
      if (scanned.kind === 'no_camera') return this.setData({ refusal: NO_CAMERA });
      if (scanned.kind === 'closed') return;
      const query =
        scanned.kind === 'foreign'
          ? `foreign=${encodeURIComponent(scanned.looks)}`
          : `qr=${encodeURIComponent(scanned.qrText)}`;
      await openPage(`/institution/scan-result/scan-result?${query}`);
    });
  },
});
