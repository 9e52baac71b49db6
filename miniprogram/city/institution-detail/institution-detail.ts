import type { AdministratorView, InstitutionView } from '../../contract/training';
import { confirmLeave } from '../../services/confirm-leave';
import { once } from '../../services/once';
import { growRows, listData, showRows } from '../../services/list-page';
import { PagedList } from '../../services/paged-list';
import { pageData, showFailure } from '../../services/page-state';
import {
  addAdministrator,
  listAdministrators,
  removeAdministrator,
  setInstitution,
} from '../../services/training';
import type { Answer } from '../../view/failure';
import { findInstitution } from '../services/find-institution';
import { showErrors } from '../../services/form-errors';
import { knowSession } from '../../services/session';
import { currentGrants } from '../../pages/manage/grants';
import { readIdNumber, readLine } from '../view/identifiers';
import { toInstitutionPage, toPersonRow, type InstitutionPage, type PersonRow } from '../view/institutions';
import { canReadAdministrators } from '../../pages/manage/scope';

const NAME_LENGTH_MAX = 40;
const emptyForm = () => ({ name: '', idNumber: '' });

export default Page({
  data: {
    ...pageData(),
    ...listData<PersonRow>(),
    institution: null as InstitutionPage | null,
    canRead: false,
    form: emptyForm(),
    errors: {} as Record<string, string>,
    errorText: '',
    doneText: '',
    asking: '' as '' | 'switch' | 'remove',
    removing: { id: '', name: '' },
  },

  list: undefined as PagedList<AdministratorView> | undefined,
  institutionId: '',

  onLoad({ institutionId = '' }) {
    this.institutionId = institutionId;
    this.list = new PagedList(input => listAdministrators({ institutionId, ...input }));
    void this.load();
  },

  async onPullDownRefresh() {
    this.list?.clear();
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    await knowSession();
    this.setData({ canRead: canReadAdministrators(currentGrants()) });
    const [institution] = await Promise.all([findInstitution(this.institutionId), this.loadPeople()]);
    this.show(institution);
  },

  async loadPeople() {
    if (this.list && this.data.canRead)
      await showRows(this, { list: this.list, toRow: toPersonRow, whenNone: 'keep' });
  },
  onMore() {
    if (this.list) void growRows(this, { list: this.list, toRow: toPersonRow });
  },

  show(answer: Answer<InstitutionView>) {
    if (!answer.ok) return showFailure(this, answer.error);
    const institution = toInstitutionPage(answer.data, currentGrants());
    this.setData({ state: 'ready', refusal: null, asking: '', institution });
  },

  onSwitchPress() {
    this.setData({ asking: 'switch', refusal: null });
  },
  onRemoveTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.setData({
      asking: 'remove',
      refusal: null,
      removing: currentTarget.dataset as { id: string; name: string },
    });
  },
  onCancel() {
    this.setData({ asking: '' });
  },

  async onSwitchConfirm() {
    const { institutionId } = this;
    const active = !this.data.institution?.active;
    await once(this, async () => this.show(await setInstitution({ institutionId, active })));
  },

  async onRemoveConfirm() {
    const { institutionId } = this;
    await once(this, async () => {
      const answer = await removeAdministrator({ institutionId, personId: this.data.removing.id });
      if (!answer.ok) return showFailure(this, answer.error);
      this.setData({ asking: '' });
      await this.loadPeople();
    });
  },

  onFieldChange({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.setData({
      [`form.${detail.name}`]: detail.value,
      [`errors.${detail.name}`]: '',
      errorText: '',
      doneText: '',
    });
    confirmLeave(this.data.form.name !== '' || this.data.form.idNumber !== '');
  },

  async onAddPress() {
    const name = readLine(this.data.form.name, '姓名', NAME_LENGTH_MAX);
    const idNumber = readIdNumber(this.data.form.idNumber);
    if (!name.ok || !idNumber.ok) {
      const errors = { name: name.ok ? '' : name.error, idNumber: idNumber.ok ? '' : idNumber.error };
      return showErrors(this, errors);
    }
    const person = { institutionId: this.institutionId, name: name.value, idNumber: idNumber.value };
    await once(this, async () => {
      const answer = await addAdministrator(person);
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      this.setData({ refusal: null, form: emptyForm(), doneText: `已开通 ${answer.data.name}` });
      await this.loadPeople();
    });
  },

  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
