import { toFailureView, type Answer, type FailureView } from '../view/failure';
import { once } from './once';

interface Self {
  setData(data: { asking?: string; askRefusal?: FailureView | null; busy?: boolean }): void;
}

/** The options of a page that asks in a sheet before it acts. One sheet at a time is open, each known by its question. */
export const askingPage = <Question extends string>() => ({
  data: {
    /** The question of the open sheet. */
    asking: '' as Question | '',
    /** Why what was confirmed was not done: said in the sheet. */
    askRefusal: null as FailureView | null,
  },

  ask(this: Self, asking: Question) {
    this.setData({ asking, askRefusal: null });
  },
  /** Does what was confirmed, once. Done, the sheet closes; refused, it stays and says why. */
  async act<T>(
    this: Self,
    send: () => Promise<Answer<T>>,
    done: (data: T) => Promise<unknown> | void,
  ): Promise<void> {
    await once(this, async () => {
      const answer = await send();
      if (!answer.ok) return this.setData({ askRefusal: toFailureView(answer.error) });
      this.setData({ asking: '' });
      await done(answer.data);
    });
  },

  onCancel(this: Self) {
    this.setData({ asking: '' });
  },
  onAskDismiss(this: Self) {
    this.setData({ askRefusal: null });
  },
});
