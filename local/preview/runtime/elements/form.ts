import { listInside, type ElementInstance } from '../framework/glass-easel';
import {
  behaviourOf,
  count,
  flag,
  type ElementBehaviour,
  type ElementContext,
  type ElementDefinition,
} from './element-definition';

export interface FormBehaviour extends ElementBehaviour {
  submit(): void;
  reset(): void;
}

/** @param formField the behavior that custom components take part in forms with. */
export function createForm(formField: unknown): ElementDefinition {
  const isField = (instance: ElementInstance): boolean =>
    Boolean(instance.data['name']) &&
    (instance.is.startsWith('wx-') || instance.hasBehavior?.(formField) === true);
  return {
    properties: { reportSubmit: flag(), reportSubmitTimeout: count() },
    setUp: context => setUpForm(context, isField),
  };
}

function setUpForm(
  { instance, emit }: ElementContext,
  isField: (instance: ElementInstance) => boolean,
): FormBehaviour {
  const listFields = (): ElementInstance[] => listInside(instance._$).filter(isField);
  return {
    submit: () =>
      emit('submit', {
        value: Object.fromEntries(listFields().map(field => [String(field.data['name']), valueOf(field)])),
      }),
    reset: () => {
      listFields().forEach(resetField);
      emit('reset');
    },
  };
}

function valueOf(field: ElementInstance): unknown {
  const { fieldValue } = behaviourOf(field);
  return fieldValue ? fieldValue() : field.data['value'];
}

function resetField(field: ElementInstance): void {
  const { reset } = behaviourOf(field);
  if (reset) reset();
  else field.setData('checked' in field.data ? { checked: false } : { value: '' });
}
