import { isCityCode } from '../../contract/areas';
import { LIMITS } from '../../contract/limits';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { replacePage } from '../../page-behaviour/navigate';
import { pageData } from '../../page-behaviour/page-state';
import { loadingPage } from '../../page-behaviour/loading-page';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { citiesWith } from '../../view/grants';
import { choicesOf } from '../view/cities';
import { readLine, readUscc } from '../view/identifiers';

const addInstitution = caller('training.addInstitution');

const form = formPage({ name: '', uscc: '', cityCode: '' });

export default Page({
  ...form,
  ...loadingPage({ once: true }),
  data: { ...form.data, ...pageData(), cities: choicesOf([]) },

  async load() {
    if (!(await needSession(this))) return;
    const cities = choicesOf(citiesWith(currentGrants(), 'clerk'));
    this.setData({
      state: 'ready',
      cities,
      'form.cityCode': cities.length === 1 ? cities[0]?.id : '',
    });
  },

  async onSavePress() {
    const { cityCode } = this.data.form;
    const name = readLine(this.data.form.name, '机构名称', LIMITS.nameCharsMax);
    const uscc = readUscc(this.data.form.uscc);
    if (!name.ok || !uscc.ok || !isCityCode(cityCode)) {
      return showErrors(this, {
        name: name.ok ? '' : name.error,
        uscc: uscc.ok ? '' : uscc.error,
        cityCode: isCityCode(cityCode) ? '' : '请选择市',
      });
    }
    await this.save(
      () => addInstitution({ name: name.value, uscc: uscc.value, cityCode }),
      // Its administrators come next: without one nobody can scan.
      ({ id }) => replacePage(cityUrl('institution-detail', { institutionId: id })),
    );
  },
});
