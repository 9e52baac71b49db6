import { isCityCode } from '../../contract/areas';
import type { CityRole } from '../../contract/roles';
import { confirmLeave } from '../../services/confirm-leave';
import { once } from '../../services/once';
import { pageData, showFailure } from '../../services/page-state';
import { grantRole } from '../../services/staff';
import { showErrors } from '../services/form-errors';
import { readIdNumber, readLine } from '../view/identifiers';
import { cityName } from '../../pages/manage/scope';
import { ROLE_OPTIONS } from '../view/staff';

const NAME_LENGTH_MAX = 40;

export default Page({
  data: {
    ...pageData(),
    state: 'ready' as const,
    cityText: '',
    roles: ROLE_OPTIONS,
    form: { name: '', idNumber: '', role: '' as '' | CityRole },
    errors: {} as Record<string, string>,
    errorText: '',
  },

  cityCode: '',

  onLoad({ cityCode = '' }) {
    this.cityCode = cityCode;
    this.setData({ cityText: isCityCode(cityCode) ? cityName(cityCode) : '' });
  },

  change(name: string, value: string) {
    this.setData({ [`form.${name}`]: value, [`errors.${name}`]: '', errorText: '' });
    confirmLeave(true);
  },
  onFieldChange({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.change(detail.name, detail.value);
  },
  onRolePick({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.change('role', detail.id);
  },

  async onSavePress() {
    const { cityCode } = this;
    const { role } = this.data.form;
    const name = readLine(this.data.form.name, '姓名', NAME_LENGTH_MAX);
    const idNumber = readIdNumber(this.data.form.idNumber);
    if (!name.ok || !idNumber.ok || role === '') {
      return showErrors(this, {
        name: name.ok ? '' : name.error,
        idNumber: idNumber.ok ? '' : idNumber.error,
        role: role === '' ? '请选择权限' : '',
      });
    }
    if (!isCityCode(cityCode)) return;
    await once(this, async () => {
      const answer = await grantRole({ cityCode, role, name: name.value, idNumber: idNumber.value });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      void wx.navigateBack();
    });
  },

  onDismiss() {
    this.setData({ refusal: null });
  },
});
