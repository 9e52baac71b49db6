export type Signal = 'accepted' | 'refused';

/** Players are kept: making one takes longer than the sound. */
const players = new Map<Signal, WechatMiniprogram.InnerAudioContext>();

function playerOf(signal: Signal): WechatMiniprogram.InnerAudioContext {
  const kept = players.get(signal);
  if (kept) return kept;
  const player = wx.createInnerAudioContext();
  player.src = `/institution/sounds/${signal}.wav`;
  players.set(signal, player);
  return player;
}

/** Tells the result without a look at the screen: two rising tones or two falling ones, a short or a long vibration. */
export function giveSignal(signal: Signal): void {
  const player = playerOf(signal);
  player.stop();
  player.play();
  if (signal === 'accepted') wx.vibrateShort({ type: 'heavy', fail: () => undefined });
  else wx.vibrateLong({ fail: () => undefined });
}
