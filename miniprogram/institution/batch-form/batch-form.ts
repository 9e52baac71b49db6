import { PROJECT_IDS } from '../../contract/projects';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { replacePage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { findInstitutionId } from '../../session/own-institutions';
import { batchUrl, PROJECT_CHOICES } from '../view/batch';

const createBatch = caller('settlement.createBatch');

interface BatchForm {
  projectId: string;
  title: string;
}

export default Page({
  data: {
    ...pageData(),
    state: 'ready' as const,
    form: { projectId: '', title: '' } as BatchForm,
    errors: {} as Partial<BatchForm>,
    errorText: '',
    projects: PROJECT_CHOICES,
    titleMax: 60,
  },

  onFieldChange({ detail }: WechatMiniprogram.CustomEvent<{ name: keyof BatchForm; value: string }>) {
    confirmLeave(true);
    this.setData({
      form: { ...this.data.form, [detail.name]: detail.value },
      [`errors.${detail.name}`]: '',
      errorText: '',
    });
  },

  async onSavePress() {
    const title = this.data.form.title.trim();
    const projectId = PROJECT_IDS.find(id => id === this.data.form.projectId);
    if (!projectId || !title) {
      return showErrors(this, {
        ...(!projectId && { projectId: '请选择培训项目' }),
        ...(!title && { title: '请填写批次名称' }),
      });
    }
    await once(this, async () => {
      const answer = await createBatch({ institutionId: findInstitutionId() ?? '', projectId, title });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      await replacePage(batchUrl(answer.data.id));
    });
  },

  onDismiss() {
    this.setData({ refusal: null });
  },
});
