import { showEsscConsent } from '../overlays/essc-consent';
import { SCENES, type AppLifecycle } from './app-lifecycle';
import { ApiFailure, wxFunction, type WxMembers } from './call';
import type { PhoneContext } from './phone-context';

interface OpenOptions {
  appId?: string;
  shortLink?: string;
  path?: string;
  extraData?: Record<string, unknown>;
}

/**
 * Opens the simulated e-SSC mini-program over the app. Whoever agrees there comes back with a code, as the real one sends it:
 * in `referrerInfo.extraData` of App.onShow.
 */
export function createMiniProgramApi(context: PhoneContext, lifecycle: AppLifecycle): WxMembers {
  const visit = async ({ appId = '' }: OpenOptions): Promise<void> => {
    lifecycle.leave();
    const extraData = await showEsscConsent(context.persona, () => authorise(context));
    lifecycle.comeBack({ scene: SCENES.backFromMiniProgram, referrerInfo: { appId, extraData } });
  };
  return {
    navigateToMiniProgram: wxFunction<OpenOptions>('navigateToMiniProgram', options => {
      if (!options.appId && !options.shortLink) throw new ApiFailure('invalid appid');
      // Answers when the other program has opened, not when it is left.
      void visit(options);
    }),
    exitMiniProgram: wxFunction('exitMiniProgram', () => lifecycle.leave()),
    navigateBackMiniProgram: wxFunction('navigateBackMiniProgram', () => lifecycle.leave()),
  };
}

/** @returns what the e-SSC gives back. @throws Error when the gateway does not answer */
async function authorise({ persona }: PhoneContext): Promise<Record<string, string>> {
  const response = await fetch('preview/authorise', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personaId: persona.id }),
  });
  const answer = (await response.json()) as { authCode?: string; error?: string };
  if (!response.ok || !answer.authCode) throw new Error(answer.error ?? '授权失败');
  return { authCode: answer.authCode };
}
