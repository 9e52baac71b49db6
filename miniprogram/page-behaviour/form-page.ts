import type { Answer } from '../view/failure';
import { FIELD_CHARS_MAX } from '../view/field-chars';
import { confirmLeave } from './confirm-leave';
import { once } from './once';
import { pageData, refusablePage, showFailure, signInPage, type PageData } from './page-state';

interface Self {
  data: PageData;
  setData(data: Record<string, unknown>): void;
  change(name: string, value: unknown): void;
}

/** The options of a page with fields: each change is kept, takes the error of its field away and asks before leaving. */
export const formPage = <Form extends object>(form: Form) => ({
  ...refusablePage,
  ...signInPage,
  data: {
    ...pageData(),
    /** A form that loads something first says 'loading' instead. */
    state: 'ready' as PageData['state'],
    form,
    errors: {} as Partial<Record<keyof Form, string>>,
    /** How much is wrong, above the main button. */
    errorText: '',
    charsMax: FIELD_CHARS_MAX,
  },

  change(this: Self, name: string, value: unknown): void {
    this.setData({ [`form.${name}`]: value, [`errors.${name}`]: '', errorText: '' });
    confirmLeave(true);
  },
  onFieldChange(this: Self, { detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.change(detail.name, detail.value);
  },

  /** Sends what was read, once. */
  async save<T>(
    this: Self,
    send: () => Promise<Answer<T>>,
    done: (data: T) => Promise<unknown> | void,
  ): Promise<void> {
    await once(this, async () => {
      const answer = await send();
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      await done(answer.data);
    });
  },
});
