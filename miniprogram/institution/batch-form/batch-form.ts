import { toOneLine } from '../../contract/plain-text';
import { PROJECT_IDS } from '../../contract/projects';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { replacePage } from '../../page-behaviour/navigate';
import { caller } from '../../services/cloud';
import { findInstitutionId } from '../../session/own-institutions';
import { batchUrl, PROJECT_CHOICES } from '../view/batch';

const createBatch = caller('settlement.createBatch');

const form = formPage({ projectId: '', title: '' });

export default Page({
  ...form,
  data: { ...form.data, projects: PROJECT_CHOICES },

  async onSavePress() {
    const title = toOneLine(this.data.form.title);
    const projectId = PROJECT_IDS.find(id => id === this.data.form.projectId);
    if (!projectId || !title) {
      return showErrors(this, {
        ...(!projectId && { projectId: '请选择培训项目' }),
        ...(!title && { title: '请填写批次名称' }),
      });
    }
    await this.save(
      () => createBatch({ institutionId: findInstitutionId() ?? '', projectId, title }),
      ({ id }) => replacePage(batchUrl(id)),
    );
  },
});
