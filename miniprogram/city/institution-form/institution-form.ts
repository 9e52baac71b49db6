import { isCityCode, type CityCode } from '../../contract/areas';
import { countiesOf, isCountyCode } from '../../contract/counties';
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
import { citiesWith, countiesWith } from '../../view/grants';
import { choicesOf, countyChoicesOf, countyChoicesOrNone } from '../view/cities';
import { readLine, readUscc } from '../view/identifiers';

const addInstitution = caller('training.addInstitution');

const form = formPage({ name: '', uscc: '', cityCode: '', countyCode: '' });

export default Page({
  ...form,
  ...loadingPage({ once: true }),
  data: { ...form.data, ...pageData(), cities: choicesOf([]), counties: countyChoicesOf([]) },

  async load() {
    if (!(await needSession(this))) return;
    const cities = choicesOf(citiesWith(currentGrants(), 'clerk'));
    const [only] = cities;
    const cityCode = cities.length === 1 && only ? only.id : '';
    this.setData({ state: 'ready', cities, 'form.cityCode': cityCode });
    if (cityCode !== '') this.offerCounties(cityCode);
  },

  change(name: string, value: string) {
    form.change.call(this, name, value);
    if (name === 'cityCode' && isCityCode(value)) this.offerCounties(value);
  },

  /** Who is a clerk in a county only registers nothing outside of it. */
  offerCounties(cityCode: CityCode) {
    const own = countiesWith(currentGrants(), 'clerk', cityCode);
    const counties = own.length > 0 ? countyChoicesOf(own) : countyChoicesOrNone(countiesOf(cityCode));
    this.setData({ counties, 'form.countyCode': counties[0]?.id ?? '' });
  },

  async onSavePress() {
    const { cityCode, countyCode } = this.data.form;
    const name = readLine(this.data.form.name, '机构名称', LIMITS.nameCharsMax);
    const uscc = readUscc(this.data.form.uscc);
    if (!name.ok || !uscc.ok || !isCityCode(cityCode)) {
      return showErrors(this, {
        name: name.ok ? '' : name.error,
        uscc: uscc.ok ? '' : uscc.error,
        cityCode: isCityCode(cityCode) ? '' : '请选择市',
      });
    }
    const place = { cityCode, ...(isCountyCode(countyCode) && { countyCode }) };
    await this.save(
      () => addInstitution({ name: name.value, uscc: uscc.value, ...place }),
      // Its administrators come next: without one nobody can scan.
      ({ id }) => replacePage(cityUrl('institution-detail', { institutionId: id })),
    );
  },
});
