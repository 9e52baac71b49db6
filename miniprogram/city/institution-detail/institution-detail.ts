import { COUNTIES, isCountyCode, type CountyCode } from '../../contract/counties';
import { LIMITS } from '../../contract/limits';
import { PROJECT_IDS, type ProjectId } from '../../contract/projects';
import type { InstitutionView } from '../../contract/training';
import { askingPage } from '../../page-behaviour/asking-page';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { listPage } from '../../page-behaviour/list-page';
import { needSession } from '../../page-behaviour/need-session';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { canReadAdministrators } from '../../view/grants';
import { readIdNumber, readLine } from '../view/identifiers';
import { PROJECT_CHOICES, toInstitutionPage, toPersonRow, type InstitutionPage } from '../view/institutions';

const addAdministrator = caller('training.addAdministrator');
const getInstitution = caller('training.getInstitution');
const listAdministrators = caller('training.listAdministrators');
const removeAdministrator = caller('training.removeAdministrator');
const setInstitution = caller('training.setInstitution');

const emptyForm = () => ({ name: '', idNumber: '' });

const list = listPage({
  ask: listAdministrators,
  toRow: toPersonRow,
  owner: { institutionId: '' },
  whenNone: 'keep',
});
const sheets = askingPage<'switch' | 'remove' | 'county'>();
const form = formPage(emptyForm());

export default Page({
  ...form,
  ...list,
  ...sheets,
  data: {
    ...form.data,
    ...list.data,
    ...sheets.data,
    institution: null as InstitutionPage | null,
    canRead: false,
    doneText: '',
    removing: { id: '', name: '' },
    countyText: '',
    projects: PROJECT_CHOICES,
    projectIds: [] as ProjectId[],
    hasOtherProjects: false,
  },

  /** Chosen, and not yet confirmed. */
  countyCode: undefined as CountyCode | undefined,

  onLoad({ institutionId = '' }) {
    this.owner = { institutionId };
  },

  async load() {
    if (!(await needSession(this))) return;
    this.setData({ canRead: canReadAdministrators(currentGrants()) });
    const [institution] = await Promise.all([getInstitution(this.owner), this.loadRows()]);
    if (!institution.ok) return showFailure(this, institution.error);
    this.show(institution.data);
  },

  async loadRows(): Promise<void> {
    if (this.data.canRead) await list.loadRows.call(this);
  },

  show(institution: InstitutionView) {
    const page = toInstitutionPage(institution, currentGrants());
    this.setData({ state: 'ready', refusal: null, institution: page, projectIds: page.projectIds });
  },

  /** Ticked, and not yet saved. None ticked means all. */
  onProjectPick({
    detail: { id, checked },
  }: WechatMiniprogram.CustomEvent<{ id: ProjectId; checked: boolean }>) {
    const others = this.data.projectIds.filter(each => each !== id);
    const projectIds = PROJECT_IDS.filter(each => others.includes(each) || (each === id && checked));
    this.setData({
      projectIds,
      hasOtherProjects: String(projectIds) !== String(this.data.institution?.projectIds),
    });
  },
  async onProjectsPress() {
    const { projectIds } = this.data;
    await this.save(
      () => setInstitution({ ...this.owner, projectIds }),
      institution => {
        this.setData({ hasOtherProjects: false });
        this.show(institution);
      },
    );
  },

  onSwitchPress() {
    this.ask('switch');
  },
  onCountyChange({ detail: { value } }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    if (!isCountyCode(value) || value === this.data.institution?.countyCode) return;
    this.countyCode = value;
    this.setData({ countyText: COUNTIES[value] });
    this.ask('county');
  },
  onRemoveTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.setData({ removing: currentTarget.dataset as { id: string; name: string } });
    this.ask('remove');
  },

  async onSwitchConfirm({ detail: { reason } }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const active = !this.data.institution?.active;
    await this.act(
      () => setInstitution({ ...this.owner, active, reason }),
      institution => this.show(institution),
    );
  },

  async onCountyConfirm() {
    const { countyCode } = this;
    if (countyCode === undefined) return;
    await this.act(
      () => setInstitution({ ...this.owner, countyCode }),
      institution => this.show(institution),
    );
  },

  async onRemoveConfirm() {
    await this.act(
      () => removeAdministrator({ ...this.owner, personId: this.data.removing.id }),
      () => this.loadRows(),
    );
  },

  change(name: string, value: string) {
    form.change.call(this, name, value);
    this.setData({ doneText: '' });
    confirmLeave(this.data.form.name !== '' || this.data.form.idNumber !== '');
  },

  async onAddPress() {
    const name = readLine(this.data.form.name, '姓名', LIMITS.personNameCharsMax);
    const idNumber = readIdNumber(this.data.form.idNumber);
    if (!name.ok || !idNumber.ok) {
      const errors = { name: name.ok ? '' : name.error, idNumber: idNumber.ok ? '' : idNumber.error };
      return showErrors(this, errors);
    }
    const person = { ...this.owner, name: name.value, idNumber: idNumber.value };
    await this.save(
      () => addAdministrator(person),
      ({ name }) => {
        this.setData({ refusal: null, form: emptyForm(), doneText: `已开通 ${name}` });
        return this.loadRows();
      },
    );
  },
});
