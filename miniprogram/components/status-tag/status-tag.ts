import type { Tone } from '../../view/tones';

/** A state in words; the colour only repeats them. */
export default Component({
  properties: {
    text: { type: String, value: '' },
    tone: { type: String, value: 'act' as Tone },
  },
});
