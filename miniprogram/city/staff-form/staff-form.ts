import { isCityCode } from '../../contract/areas';
import { countiesOf, isCountyCode } from '../../contract/counties';
import { LIMITS } from '../../contract/limits';
import type { CityRole } from '../../contract/roles';
import { showErrors } from '../../page-behaviour/form-errors';
import { goBack } from '../../page-behaviour/navigate';
import { caller } from '../../services/cloud';
import { cityFormPage } from '../city-form-page';
import { countyChoicesOrNone } from '../view/cities';
import { readIdNumber, readLine } from '../view/identifiers';
import { ROLE_OPTIONS } from '../view/staff';

const grantRole = caller('account.grantRole');

const page = cityFormPage({ name: '', idNumber: '', role: '' as '' | CityRole, countyCode: '' });

export default Page({
  ...page,
  data: { ...page.data, roles: ROLE_OPTIONS, counties: countyChoicesOrNone([]) },

  onLoad(query: Record<string, string | undefined>) {
    page.onLoad.call(this, query);
    if (isCityCode(this.cityCode)) this.setData({ counties: countyChoicesOrNone(countiesOf(this.cityCode)) });
  },

  async onSavePress() {
    const { cityCode } = this;
    const { role, countyCode } = this.data.form;
    const name = readLine(this.data.form.name, '姓名', LIMITS.personNameCharsMax);
    const idNumber = readIdNumber(this.data.form.idNumber);
    if (!name.ok || !idNumber.ok || role === '') {
      return showErrors(this, {
        name: name.ok ? '' : name.error,
        idNumber: idNumber.ok ? '' : idNumber.error,
        role: role === '' ? '请选择权限' : '',
      });
    }
    if (!isCityCode(cityCode)) return;
    const place = { cityCode, ...(isCountyCode(countyCode) && { countyCode }) };
    await this.save(() => grantRole({ ...place, role, name: name.value, idNumber: idNumber.value }), goBack);
  },
});
