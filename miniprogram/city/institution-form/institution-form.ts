import { isCityCode } from '../../contract/areas';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { replacePage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { citiesWith } from '../../view/grants';
import { choicesOf } from '../view/cities';
import { readLine, readUscc } from '../view/identifiers';

const addInstitution = caller('training.addInstitution');

const NAME_LENGTH_MAX = 60;

export default Page({
  data: {
    ...pageData(),
    state: 'ready' as const,
    form: { name: '', uscc: '', cityCode: '' },
    errors: {} as Record<string, string>,
    errorText: '',
    cities: choicesOf([]),
  },

  async onLoad() {
    await knowSession();
    const cities = choicesOf(citiesWith(currentGrants(), 'clerk'));
    this.setData({ cities, 'form.cityCode': cities.length === 1 ? cities[0]?.id : '' });
  },

  onFieldChange({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.setData({ [`form.${detail.name}`]: detail.value, [`errors.${detail.name}`]: '', errorText: '' });
    confirmLeave(true);
  },

  async onSavePress() {
    const { cityCode } = this.data.form;
    const name = readLine(this.data.form.name, '机构名称', NAME_LENGTH_MAX);
    const uscc = readUscc(this.data.form.uscc);
    if (!name.ok || !uscc.ok || !isCityCode(cityCode)) {
      return showErrors(this, {
        name: name.ok ? '' : name.error,
        uscc: uscc.ok ? '' : uscc.error,
        cityCode: isCityCode(cityCode) ? '' : '请选择市',
      });
    }
    await once(this, async () => {
      const answer = await addInstitution({ name: name.value, uscc: uscc.value, cityCode });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      // Its administrators come next: without one nobody can scan.
      void replacePage(cityUrl('institution-detail', { institutionId: answer.data.id }));
    });
  },

  onDismiss() {
    this.setData({ refusal: null });
  },
});
