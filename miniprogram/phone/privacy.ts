import { quietly } from '../guarded';
import { Observable } from '../observable';

/**
 * WeChat asks for consent to the registered privacy guide (用户隐私保护指引) before the first use of a function that the
 * guide names: here choosing a file. The app shows its own sheet for it.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export const privacyAsked = new Observable(false);

/** WeChat checks that the button with this id was tapped. */
export const AGREE_BUTTON_ID = 'agree-to-privacy';

type Answer = { event: 'exposureAuthorization' | 'disagree' } | { event: 'agree'; buttonId: string };
type Resolve = (answer: Answer) => void;

/** Every function that was called meanwhile waits for the one answer. */
let waiting: Resolve[] = [];

/** To be called once, when the app starts. */
export function watchPrivacy(): void {
  quietly(() =>
    wx.onNeedPrivacyAuthorization(given => {
      // The typings take this function for a result.
      const resolve = given as unknown as Resolve;
      waiting.push(resolve);
      privacyAsked.set(true);
      resolve({ event: 'exposureAuthorization' });
    }),
  );
}

export const agreeToPrivacy = (): void => answer({ event: 'agree', buttonId: AGREE_BUTTON_ID });

export const refusePrivacy = (): void => answer({ event: 'disagree' });

function answer(given: Answer): void {
  const answered = waiting;
  waiting = [];
  privacyAsked.set(false);
  for (const resolve of answered) resolve(given);
}
