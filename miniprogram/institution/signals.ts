import { quietly } from '../guarded';

export type Signal = 'accepted' | 'refused';

/** Players are kept: making one takes longer than the sound. */
const players = new Map<Signal, WechatMiniprogram.InnerAudioContext>();

/** Throws on a phone without sound. */
function playerOf(
  signal: Signal,
  make: () => WechatMiniprogram.InnerAudioContext,
): WechatMiniprogram.InnerAudioContext {
  const kept = players.get(signal);
  if (kept) return kept;
  const player = make();
  player.src = `/institution/sounds/${signal}.wav`;
  players.set(signal, player);
  return player;
}

/** Tells the result without a look at the screen: two rising tones or two falling ones, a short or a long vibration. */
export function giveSignal(signal: Signal): void {
  quietly(() => {
    const player = playerOf(signal, () => wx.createInnerAudioContext());
    player.stop();
    player.play();
  });
  quietly(() => (signal === 'accepted' ? wx.vibrateShort({ type: 'heavy' }) : wx.vibrateLong()));
}
