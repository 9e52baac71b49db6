import { findAround, listInside, type ElementInstance } from '../framework/glass-easel';
import {
  behaviourOf,
  flag,
  text,
  type ElementBehaviour,
  type ElementContext,
  type ElementDefinition,
} from './element-definition';

type ChoiceKind = 'checkbox' | 'radio';

const PROPERTIES = { value: text(), checked: flag(), disabled: flag(), color: text() };

function setUpChoice(kind: ChoiceKind, context: ElementContext): ElementBehaviour {
  const { instance, node, boolean, string, set, on } = context;
  const mark = document.createElement('input');
  mark.type = kind;
  mark.tabIndex = -1;
  node.prepend(mark);
  // The property alone decides what is shown.
  mark.addEventListener('click', event => event.preventDefault());
  const show = (): void => {
    mark.disabled = boolean('disabled');
    setTimeout(() => (mark.checked = boolean('checked')));
    if (string('color')) mark.style.accentColor = string('color');
  };
  const activate = (): void => {
    if (boolean('disabled') || (kind === 'radio' && boolean('checked'))) return;
    const group = findAround(instance._$, `wx-${kind}-group`);
    if (kind === 'radio' && group) uncheckAll(group);
    set({ checked: !boolean('checked') });
    group?._$.triggerEvent('change', { value: behaviourOf(group).fieldValue?.() }, {});
  };
  on('tap', activate);
  return { onChanged: show, activate };
}

const choicesOf = (group: ElementInstance, kind: ChoiceKind): ElementInstance[] =>
  listInside(group._$).filter(({ is }) => is === `wx-${kind}`);

function uncheckAll(group: ElementInstance): void {
  for (const choice of choicesOf(group, 'radio')) choice.setData({ checked: false });
}

const createChoice = (kind: ChoiceKind): ElementDefinition => ({
  properties: PROPERTIES,
  setUp: context => setUpChoice(kind, context),
});

const createGroup = (kind: ChoiceKind): ElementDefinition => ({
  isField: true,
  setUp: ({ instance }) => ({
    fieldValue: () => {
      const values = choicesOf(instance, kind)
        .filter(({ data }) => data['checked'])
        .map(({ data }) => data['value']);
      return kind === 'radio' ? (values[0] ?? '') : values;
    },
    reset: () => choicesOf(instance, kind).forEach(choice => choice.setData({ checked: false })),
  }),
});

export const checkbox = createChoice('checkbox');
export const radio = createChoice('radio');
export const checkboxGroup = createGroup('checkbox');
export const radioGroup = createGroup('radio');
