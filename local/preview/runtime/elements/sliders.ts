import { count, flag, text, type ElementContext, type ElementDefinition } from './element-definition';

export const switchElement: ElementDefinition = {
  isField: true,
  properties: { checked: flag(), disabled: flag(), type: text('switch'), color: text('#04BE02') },
  setUp({ node, boolean, string, set, emit, on }) {
    const show = (): void => {
      node.toggleAttribute('checked', boolean('checked'));
      node.toggleAttribute('disabled', boolean('disabled'));
      node.setAttribute('aria-checked', String(boolean('checked')));
      node.style.setProperty('--wx-switch-color', string('color'));
    };
    const activate = (): void => {
      if (boolean('disabled')) return;
      set({ checked: !boolean('checked') });
      emit('change', { value: boolean('checked') });
    };
    node.setAttribute('role', 'switch');
    show();
    on('tap', activate);
    return { onChanged: show, activate, fieldValue: () => boolean('checked') };
  },
};

const SLIDER_PROPERTIES = {
  min: count(0),
  max: count(100),
  step: count(1),
  value: count(0),
  disabled: flag(),
  showValue: flag(),
  color: text(),
  selectedColor: text(),
  activeColor: text('#1aad19'),
  backgroundColor: text(),
  blockSize: count(28),
  blockColor: text(),
};

export const slider: ElementDefinition = {
  isField: true,
  properties: SLIDER_PROPERTIES,
  setUp(context) {
    const { node, set, emit, number } = context;
    const track = document.createElement('input');
    track.type = 'range';
    const shown = document.createElement('span');
    node.append(track, shown);
    track.addEventListener('input', () => {
      set({ value: track.valueAsNumber });
      emit('changing', { value: track.valueAsNumber });
    });
    track.addEventListener('change', () => emit('change', { value: track.valueAsNumber }));
    const show = (): void => showSlider(track, shown, context);
    show();
    return { onChanged: show, fieldValue: () => number('value') };
  },
};

function showSlider(
  track: HTMLInputElement,
  shown: HTMLElement,
  { string, number, boolean }: ElementContext,
): void {
  for (const name of ['min', 'max', 'step', 'value'] as const) track[name] = String(number(name));
  track.disabled = boolean('disabled');
  track.style.accentColor = string('activeColor');
  shown.textContent = boolean('showValue') ? String(number('value')) : '';
}
