import { isCityCode } from '../contract/areas';
import { confirmLeave } from '../page-behaviour/confirm-leave';
import { goBack } from '../page-behaviour/navigate';
import { once } from '../page-behaviour/once';
import { pageData, showFailure, type PageData } from '../page-behaviour/page-state';
import type { Answer } from '../view/failure';
import { cityName } from './view/cities';

interface Self {
  data: PageData;
  setData(data: Record<string, unknown>): void;
  cityCode: string;
  change(name: string, value: unknown): void;
}

/** The options that forms for one city share, named in the page's address. */
export const cityFormPage = <Form extends object>(form: Form) => ({
  data: {
    ...pageData(),
    state: 'ready' as const,
    cityText: '',
    form,
    errors: {} as Record<string, string>,
    errorText: '',
  },

  cityCode: '',

  onLoad(this: Self, { cityCode = '' }: Record<string, string | undefined>) {
    this.cityCode = cityCode;
    this.setData({ cityText: isCityCode(cityCode) ? cityName(cityCode) : '' });
  },

  change(this: Self, name: string, value: unknown): void {
    this.setData({ [`form.${name}`]: value, [`errors.${name}`]: '', errorText: '' });
    confirmLeave(true);
  },
  onFieldChange(this: Self, { detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.change(detail.name, detail.value);
  },
  onPick(this: Self, { detail }: WechatMiniprogram.CustomEvent<{ name: string; id: string }>) {
    this.change(detail.name, detail.id);
  },

  /** Sends what was read, once, and goes back to the list. */
  async save(this: Self, send: () => Promise<Answer<unknown>>): Promise<void> {
    await once(this, async () => {
      const answer = await send();
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      void goBack();
    });
  },

  onDismiss(this: Self) {
    this.setData({ refusal: null });
  },
});
