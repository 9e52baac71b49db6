import { isCityCode } from '../contract/areas';
import { formPage } from '../page-behaviour/form-page';
import { cityName } from './view/cities';

interface Self {
  setData(data: { cityText: string }): void;
  cityCode: string;
  change(name: string, value: unknown): void;
}

/** The options of forms for one city, which is named in the page's address. */
export const cityFormPage = <Form extends object>(fields: Form) => {
  const form = formPage(fields);
  return {
    ...form,
    data: { ...form.data, cityText: '' },
    cityCode: '',

    onLoad(this: Self, { cityCode = '' }: Record<string, string | undefined>) {
      this.cityCode = cityCode;
      this.setData({ cityText: isCityCode(cityCode) ? cityName(cityCode) : '' });
    },
    onPick(this: Self, { detail }: WechatMiniprogram.CustomEvent<{ name: string; id: string }>) {
      this.change(detail.name, detail.id);
    },
  };
};
