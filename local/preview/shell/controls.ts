import { createNode } from '../shared/dom';

interface ChoiceOptions {
  label: string;
  entries: readonly { value: string; text: string }[];
  selected?: string;
  onChosen(value: string): void;
}

export function createChoice({ label, entries, selected, onChosen }: ChoiceOptions): HTMLSelectElement {
  const choice = createNode(
    'select',
    { attributes: { 'aria-label': label, title: label } },
    ...entries.map(({ value, text }) => createNode('option', { text, attributes: { value } })),
  );
  if (selected !== undefined) choice.value = selected;
  choice.addEventListener('change', () => onChosen(choice.value));
  return choice;
}

export interface SwitchControl {
  node: HTMLElement;
  set(isOn: boolean): void;
}

export function createSwitch(label: string, onSwitched: (isOn: boolean) => void): SwitchControl {
  const box = createNode('input', { attributes: { type: 'checkbox' } });
  box.addEventListener('change', () => onSwitched(box.checked));
  return {
    node: createNode('label', { className: 'switch' }, box, label),
    set: isOn => void (box.checked = isOn),
  };
}
