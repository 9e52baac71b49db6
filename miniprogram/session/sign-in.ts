import { config } from '../config';
import { CONSENT_VERSION } from '../contract/accounts';
import { Observable } from '../observable';
import { findLaunchChannel } from '../phone/launch';
import { caller } from '../services/cloud';
import type { Failure } from '../view/failure';
import { enter } from './session';
import { forgetStored, keepStored, readStored } from '../storage';

const signIn = caller('account.signIn');
const startSignIn = caller('account.startSignIn');

/**
 * Signing in by e-SSC: consent → startSignIn → the e-SSC mini-program → App.onShow brings the authorisation code → signIn.
 * The consent comes before the jump: nothing personal is asked for without it.
 */
export interface SignInState {
  /** asking: the sheet is open. away: the e-SSC is in front. */
  step: 'idle' | 'asking' | 'opening' | 'away' | 'finishing';
  failure?: Failure;
}

export const signInState = new Observable<SignInState>({ step: 'idle' });

const KEY = 'sign-in-pending';

interface Pending {
  appId: string;
  consentVersion: string;
}

/** Phones close apps in the background, so what was begun is stored. */
function findPending(): Pending | undefined {
  const { appId, consentVersion } = (readStored(KEY) ?? {}) as Partial<Pending>;
  return appId && consentVersion ? { appId, consentVersion } : undefined;
}

const channelPart = (): { channelNumber?: string } => {
  const channelNumber = findLaunchChannel();
  return channelNumber === undefined ? {} : { channelNumber };
};

/** Opens the sheet on the page in front. */
export const askToSignIn = (): void => signInState.set({ step: 'asking' });

export const dismissSignIn = (): void => signInState.set({ step: 'idle' });

/** The worker has agreed: opens the e-SSC mini-program. Must follow a tap. */
export async function openEssc(): Promise<void> {
  signInState.set({ step: 'opening' });
  const started = await startSignIn(channelPart());
  if (!started.ok) return signInState.set({ step: 'asking', failure: started.error });
  const { esscAppId: appId, esscPath: path, extraData } = started.data;
  keepStored(KEY, { appId, consentVersion: CONSENT_VERSION } satisfies Pending);
  try {
    await wx.navigateToMiniProgram({ appId, path, extraData });
    if (signInState.value.step === 'opening') signInState.set({ step: 'away' });
  } catch {
    forgetStored(KEY);
    signInState.set({ step: 'asking', failure: { code: 'essc_not_opened' } });
  }
}

/** What App.onShow is told when another mini-program hands back. */
export interface ReturnFacts {
  referrerInfo?: { appId?: string; extraData?: unknown } | null;
}

/** To be called by App.onShow with its options. */
export async function receiveReturn({ referrerInfo }: ReturnFacts): Promise<void> {
  const pending = findPending();
  if (!pending) return;
  const authCode = referrerInfo?.appId === pending.appId ? findAuthCode(referrerInfo.extraData) : undefined;
  if (authCode !== undefined) return finish(authCode, pending.consentVersion);
  // Back without a code: closed, or refused over there. A first start of the app says nothing about it.
  if (signInState.value.step === 'away')
    signInState.set({ step: 'asking', failure: { code: 'essc_not_authorised' } });
}

/** What another mini-program hands back may be anything. */
function findAuthCode(extraData: unknown): string | undefined {
  const given = (extraData ?? {}) as Record<string, unknown>;
  const values = config.esscReturnKeys.authCode.map(key => given[key]);
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

async function finish(authCode: string, consentVersion: string): Promise<void> {
  forgetStored(KEY);
  signInState.set({ step: 'finishing' });
  const answer = await signIn({ authCode, consentVersion, ...channelPart() });
  if (!answer.ok) return signInState.set({ step: 'asking', failure: answer.error });
  enter(answer.data);
  signInState.set({ step: 'idle' });
}
