import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { isOfTdesign } from '../preview/tdesign-warnings';
import type { Screen } from './catalogue';
import { groupBy } from './group-by';
import type { Network } from './page-hooks';
import { ScreenPhone } from './screen-phone';
import { personaOf, type CastName, type World } from './world';

export interface Shot {
  screen: Screen;
  file: string;
  widthPx: number;
  elder: boolean;
  network: Network;
}

export interface ShotProblem {
  file: string;
  problem: string;
  /** The page itself is broken, not only unusual. */
  isGrave: boolean;
}

const WIDTH_PX = 375;
const NARROW_PX = 320;

/** Every picture that a screen of the catalogue is good for. */
export function shotsOf(screen: Screen): Shot[] {
  const usual: Shot = { screen, file: screen.name, widthPx: WIDTH_PX, elder: false, network: 'online' };
  const variant = (suffix: string, change: Partial<Shot>): Shot => ({
    ...usual,
    ...change,
    file: `${screen.name}-${suffix}`,
  });
  return [
    usual,
    ...(screen.main ? [variant('320', { widthPx: NARROW_PX }), variant('elder', { elder: true })] : []),
    ...(screen.loads
      ? [variant('loading', { network: 'stuck' }), variant('failed', { network: 'offline' })]
      : []),
  ];
}

/** Shots that one phone can take one after the other. */
export const groupShots = (shots: readonly Shot[]): Shot[][] =>
  groupBy(shots, ({ screen: { persona, signedOut = false, ended = false, channel = '' }, widthPx }) =>
    [persona, signedOut, ended, channel, widthPx].join(),
  ).map(group => group.sort((one, other) => rank(one) - rank(other)));

/** Elder mode last, and once: its switch needs the network, so what fails comes before. */
const rank = ({ elder, network }: Shot): number => Number(elder) * 2 + Number(network === 'offline');

export interface Studio {
  browser: Browser;
  world: World;
  /** Address of the front. */
  url: string;
  outDir: string;
}

/** Takes the pictures of one phone. @returns what is wrong with its pages */
export async function takeGroup(studio: Studio, shots: readonly Shot[]): Promise<ShotProblem[]> {
  const [first] = shots;
  if (!first) return [];
  const { persona, signedOut, ended, channel } = first.screen;
  if (signedOut) await studio.world.signOut(persona);
  const phone = await ScreenPhone.open(studio.browser, {
    url: studio.url,
    persona: personaOf(persona),
    widthPx: first.widthPx,
    sharpness: 2,
    ...(channel && { channel }),
  });
  try {
    if (ended) await endSignIn(phone, studio.world, persona);
    const problems: ShotProblem[] = [];
    for (const shot of shots) problems.push(...(await takeShotOn(phone, studio, shot)));
    return problems;
  } finally {
    await phone.close();
    if (signedOut || ended) await studio.world.signIn(persona);
  }
}

/** The app on the phone has learnt who it is, and then that the sign-in has ended. */
export async function endSignIn(phone: ScreenPhone, world: World, persona: CastName): Promise<void> {
  await phone.show('/pages/me/me');
  await world.signOut(persona);
  await phone.show('/pages/home/home');
}

async function takeShotOn(
  phone: ScreenPhone,
  { world, outDir }: Studio,
  { screen, file, elder, network }: Shot,
): Promise<ShotProblem[]> {
  const note = (problem: string, isGrave: boolean): ShotProblem => ({ file, problem, isGrave });
  try {
    await phone.setElder(elder);
    await reach(phone, screen, { world, network });
    await phone.picture(join(outDir, `${file}.png`));
  } catch (error) {
    return [note(String(error).split('\n')[0] ?? '', true)];
  }
  const { errors, warnings, state } = await phone.report();
  const wrongState = network === 'online' ? findWrongState(screen, state) : undefined;
  return [
    ...errors.map(text => note(text, true)),
    ...warnings.filter(text => !isOfTdesign(text)).map(text => note(text, false)),
    ...phone.blocked.map(url => note(`wanted ${url}`, true)),
    ...(wrongState === undefined ? [] : [note(wrongState, true)]),
  ];
}

/** @returns what is wrong with the state in which a page was found: it is not what the screen is meant to show */
export function findWrongState(screen: Screen, state: string): string | undefined {
  // Pages that only show text have no state.
  const wanted = state === '' ? '' : (screen.state ?? 'ready');
  return state === wanted ? undefined : `is "${state}" instead of "${wanted}"`;
}

/** Opens the screen's page and does what leads to its state. */
export async function reach(
  phone: ScreenPhone,
  screen: Screen,
  { world, network = 'online' }: { world: World; network?: Network },
): Promise<void> {
  await phone.show(await screen.url(world), network);
  for (const name of network === 'online' ? (screen.taps ?? []) : []) await phone.tap(name);
}
