import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { endSignIn, findWrongState, reach } from '../../../local/screens/take-screens';
import { ScreenPhone } from '../../../local/screens/screen-phone';
import type { Screen } from '../../../local/screens/catalogue';
import { personaOf, type World } from '../../../local/screens/world';
import type { AccessReport, Violation } from './access-checks';

export interface FoundViolation extends Violation {
  screen: string;
  mode: 'normal' | 'elder';
}

export interface Walk {
  browser: Browser;
  world: World;
  /** Address of the front. */
  url: string;
}

const WIDTH_PX = 375;

/** Looks at screens of one person, in normal and in elder mode. @returns what is wrong */
export async function walkScreens(
  { browser, world, url }: Walk,
  screens: readonly Screen[],
): Promise<FoundViolation[]> {
  const [first] = screens;
  if (!first) return [];
  const { persona, signedOut, ended } = first;
  if (signedOut) await world.signOut(persona);
  const phone = await ScreenPhone.open(browser, { url, persona: personaOf(persona), widthPx: WIDTH_PX });
  try {
    if (ended) await endSignIn(phone, world, persona);
    await phone.page.evaluate(await bundleChecks());
    const found = [
      ...(await walkInMode(phone, { world, screens, mode: 'normal' })),
      ...(await walkInMode(phone, { world, screens, mode: 'elder' })),
    ];
    return [...found, ...phone.blocked.map(address => blockedRequest(first, address))];
  } finally {
    await phone.close();
    if (signedOut || ended) await world.signIn(persona);
  }
}

interface ModeWalk {
  world: World;
  screens: readonly Screen[];
  mode: FoundViolation['mode'];
}

async function walkInMode(phone: ScreenPhone, { world, screens, mode }: ModeWalk): Promise<FoundViolation[]> {
  const elder = mode === 'elder';
  await phone.setElder(elder);
  const found: FoundViolation[] = [];
  for (const screen of screens) {
    const violations = await lookAt(phone, screen, { world, elder });
    found.push(...violations.map(violation => ({ ...violation, screen: screen.name, mode })));
  }
  return found;
}

async function lookAt(
  phone: ScreenPhone,
  screen: Screen,
  { world, elder }: { world: World; elder: boolean },
): Promise<Violation[]> {
  try {
    await reach(phone, screen, { world });
    const { violations } = await phone.page.evaluate<AccessReport>(`accessChecks({ elder: ${elder} })`);
    const wrongState = findWrongState(screen, (await phone.report()).state);
    return wrongState === undefined ? violations : [...violations, notReached(wrongState)];
  } catch (error) {
    return [notReached(String(error).split('\n')[0] ?? '')];
  }
}

const notReached = (figure: string): Violation => ({ rule: 'not reached', control: 'page', figure });

const blockedRequest = ({ persona }: Screen, address: string): FoundViolation => ({
  rule: 'other machine',
  control: persona,
  figure: address,
  screen: 'any',
  mode: 'normal',
});

let bundled: Promise<string> | undefined;

/** The checks as one script for the phone's window. */
function bundleChecks(): Promise<string> {
  bundled ??= build({
    entryPoints: [join(__dirname, 'access-checks.ts')],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  }).then(({ outputFiles: [file] }) => file?.text ?? '');
  return bundled;
}
