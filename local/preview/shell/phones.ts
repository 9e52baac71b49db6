/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { createNode } from '../shared/dom';
import type { PreviewWindow, ShellLink } from '../shared/phone-link';
import type { PhoneId } from '../shared/preview-api';
import { PhoneCard } from './phone-card';
import { fetchChannels, fetchClock, fetchPersonas, followBuilds } from './preview-server';
import { TopBar } from './top-bar';

const PHONES: readonly [id: PhoneId, title: string][] = [
  ['worker', '劳动者'],
  ['institution', '培训机构'],
  ['city', '市人社'],
];

async function main(): Promise<void> {
  const [personas, channels, clock] = await Promise.all([fetchPersonas(), fetchChannels(), fetchClock()]);
  const cards = PHONES.map(([id, title]) => new PhoneCard({ id, title, personas, channels }));
  const top = new TopBar(offsetMs => cards.forEach(({ frame }) => frame.link?.clockMoved(offsetMs)));
  const row = createNode('main', {}, ...cards.map(({ node }) => node));
  (window as Window & PreviewWindow).previewShell = createLink(cards);
  document.body.append(top.node, row);
  top.showClock(clock);
  const fit = (): void => fitPhones(cards, row);
  for (const card of cards) card.onResized = fit;
  addEventListener('resize', fit);
  fit();
  for (const card of cards) card.restart();
  followBuilds(event => {
    top.showBuild(event);
    if (event.kind === 'rebuilt') for (const { frame } of cards) frame.link?.reloadPages();
  });
}

const GAP_PX = 24;
/** What a card needs besides its phone. */
const CONTROLS_HEIGHT_PX = 298;
const PHONE_HEIGHT_MIN_PX = 520;

function fitPhones(cards: readonly PhoneCard[], row: HTMLElement): void {
  const width = Math.max(240, (row.clientWidth - GAP_PX * (cards.length + 1)) / cards.length);
  const height = Math.max(PHONE_HEIGHT_MIN_PX, innerHeight - CONTROLS_HEIGHT_PX);
  for (const card of cards) card.fit({ width, height });
}

function createLink(cards: readonly PhoneCard[]): ShellLink {
  const cardOf = (phoneId: string): PhoneCard | undefined => cards.find(({ id }) => id === phoneId);
  return {
    listOtherPhones: phoneId =>
      cards
        .filter(({ id }) => id !== phoneId)
        .map(({ id, title, personaText }) => ({ id, title, persona: personaText })),
    lookAt: phoneId => cardOf(phoneId)?.frame.link?.picturesOnScreen() ?? [],
    networkOf: phoneId => ({
      ...(cardOf(phoneId)?.network ?? { offline: false, slow: false, loseNextAnswer: false }),
    }),
    answerWasLost: phoneId => cardOf(phoneId)?.answerWasLost(),
    showBrightness: (phoneId, brightness) => cardOf(phoneId)?.frame.showBrightness(brightness),
    showVibration: (phoneId, isLong) => cardOf(phoneId)?.frame.shake(isLong),
    showLaunch: (phoneId, path) => cardOf(phoneId)?.showPath(path),
  };
}

main().catch((error: unknown) => {
  document.body.textContent = `预览打不开：${String(error)}`;
});
