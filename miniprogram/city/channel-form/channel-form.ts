import { isCityCode } from '../../contract/areas';
import { addChannel } from '../../services/channels';
import { confirmLeave } from '../../services/confirm-leave';
import { once } from '../../services/once';
import { pageData, showFailure } from '../../services/page-state';
import { showErrors } from '../services/form-errors';
import { CHANNEL_KINDS } from '../view/channels';
import { readChannelNumber, readLine } from '../view/identifiers';
import { cityName } from '../../pages/manage/scope';

const NAME_LENGTH_MAX = 60;
const ISSUING = [{ id: 'issuing', text: '是签发渠道', note: '能签发电子社保卡，计入 80% 开通率' }];

export default Page({
  data: {
    ...pageData(),
    state: 'ready' as const,
    cityText: '',
    kinds: CHANNEL_KINDS,
    issuingOptions: ISSUING,
    form: { name: '', channelNumber: '', kind: CHANNEL_KINDS[0]?.id ?? 'mini_program', issuing: true },
    errors: {} as Record<string, string>,
    errorText: '',
  },

  cityCode: '',

  onLoad({ cityCode = '' }) {
    this.cityCode = cityCode;
    this.setData({ cityText: isCityCode(cityCode) ? cityName(cityCode) : '' });
  },

  change(name: string, value: unknown) {
    this.setData({ [`form.${name}`]: value, [`errors.${name}`]: '', errorText: '' });
    confirmLeave(true);
  },
  onFieldChange({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.change(detail.name, detail.value);
  },
  onKindPick({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.change('kind', detail.id);
  },
  onIssuingPick({ detail }: WechatMiniprogram.CustomEvent<{ checked: boolean }>) {
    this.change('issuing', detail.checked);
  },

  async onSavePress() {
    const { cityCode } = this;
    const { kind, issuing } = this.data.form;
    const name = readLine(this.data.form.name, '渠道名称', NAME_LENGTH_MAX);
    const number = readChannelNumber(this.data.form.channelNumber);
    if (!name.ok || !number.ok) {
      const errors = { name: name.ok ? '' : name.error, channelNumber: number.ok ? '' : number.error };
      return showErrors(this, errors);
    }
    if (!isCityCode(cityCode)) return;
    const channel = { cityCode, kind, issuing, name: name.value, channelNumber: number.value };
    await once(this, async () => {
      const answer = await addChannel(channel);
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      void wx.navigateBack();
    });
  },

  onDismiss() {
    this.setData({ refusal: null });
  },
});
