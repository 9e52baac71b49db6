import type { InstitutionView } from '../../contract/training';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { listPage } from '../../page-behaviour/list-page';
import { once } from '../../page-behaviour/once';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import type { Answer } from '../../view/failure';
import { canReadAdministrators } from '../../view/grants';
import { findInstitution } from '../services/find-institution';
import { readIdNumber, readLine } from '../view/identifiers';
import { toInstitutionPage, toPersonRow, type InstitutionPage } from '../view/institutions';

const addAdministrator = caller('training.addAdministrator');
const listAdministrators = caller('training.listAdministrators');
const removeAdministrator = caller('training.removeAdministrator');
const setInstitution = caller('training.setInstitution');

const NAME_LENGTH_MAX = 40;
const emptyForm = () => ({ name: '', idNumber: '' });

const list = listPage({
  ask: listAdministrators,
  toRow: toPersonRow,
  owner: { institutionId: '' },
  whenNone: 'keep',
});

export default Page({
  ...list,
  data: {
    ...list.data,
    institution: null as InstitutionPage | null,
    canRead: false,
    form: emptyForm(),
    errors: {} as Record<string, string>,
    errorText: '',
    doneText: '',
    asking: '' as '' | 'switch' | 'remove',
    removing: { id: '', name: '' },
  },

  onLoad({ institutionId = '' }) {
    this.owner = { institutionId };
  },

  async load() {
    await knowSession();
    this.setData({ canRead: canReadAdministrators(currentGrants()) });
    const [institution] = await Promise.all([findInstitution(this.owner.institutionId), this.loadRows()]);
    this.show(institution);
  },

  async loadRows(): Promise<void> {
    if (this.data.canRead) await list.loadRows.call(this);
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
    const active = !this.data.institution?.active;
    await once(this, async () => this.show(await setInstitution({ ...this.owner, active })));
  },

  async onRemoveConfirm() {
    await once(this, async () => {
      const answer = await removeAdministrator({ ...this.owner, personId: this.data.removing.id });
      if (!answer.ok) return showFailure(this, answer.error);
      this.setData({ asking: '' });
      await this.loadRows();
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
    const person = { ...this.owner, name: name.value, idNumber: idNumber.value };
    await once(this, async () => {
      const answer = await addAdministrator(person);
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      this.setData({ refusal: null, form: emptyForm(), doneText: `已开通 ${answer.data.name}` });
      await this.loadRows();
    });
  },
});
