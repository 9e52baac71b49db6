import { isCityCode } from '../../contract/areas';
import { LIMITS } from '../../contract/limits';
import { showErrors } from '../../page-behaviour/form-errors';
import { goBack } from '../../page-behaviour/navigate';
import { caller } from '../../services/cloud';
import { cityFormPage } from '../city-form-page';
import { CHANNEL_KINDS } from '../view/channels';
import { readChannelNumber, readLine } from '../view/identifiers';

const addChannel = caller('entry.addChannel');

const ISSUING = [{ id: 'issuing', text: '是签发渠道', note: '能签发电子社保卡，计入 80% 开通率' }];

const page = cityFormPage({
  name: '',
  channelNumber: '',
  kind: CHANNEL_KINDS[0]?.id ?? 'mini_program',
  issuing: true,
});

export default Page({
  ...page,
  data: { ...page.data, kinds: CHANNEL_KINDS, issuingOptions: ISSUING },

  onIssuingPick({ detail }: WechatMiniprogram.CustomEvent<{ checked: boolean }>) {
    this.change('issuing', detail.checked);
  },

  async onSavePress() {
    const { cityCode } = this;
    const { kind, issuing } = this.data.form;
    const name = readLine(this.data.form.name, '渠道名称', LIMITS.nameCharsMax);
    const number = readChannelNumber(this.data.form.channelNumber);
    if (!name.ok || !number.ok) {
      const errors = { name: name.ok ? '' : name.error, channelNumber: number.ok ? '' : number.error };
      return showErrors(this, errors);
    }
    if (!isCityCode(cityCode)) return;
    await this.save(
      () => addChannel({ cityCode, kind, issuing, name: name.value, channelNumber: number.value }),
      goBack,
    );
  },
});
