import { listInside, type ElementInstance, type FrameworkEvent } from '../framework/glass-easel';
import { behaviourOf, text, type ElementContext, type ElementDefinition } from './element-definition';

/** Passes a tap on to the choice that it belongs to, unless that has been tapped itself. */
export const label: ElementDefinition = {
  properties: { for: text() },
  setUp(context) {
    context.on('tap', event => {
      const choice = findChoice(context);
      if (choice && !isInside(event as FrameworkEvent, choice)) behaviourOf(choice).activate?.();
    });
  },
};

function findChoice({ instance, string }: ElementContext): ElementInstance | undefined {
  const id = string('for');
  if (id) return instance._$.ownerShadowRoot?.getElementById(id)?.getMethodCaller();
  return listInside(instance._$).find(inside => behaviourOf(inside).activate);
}

function isInside({ target }: FrameworkEvent, choice: ElementInstance): boolean {
  const tapped = ((target as Partial<ElementInstance>)._$ ?? target) as { $$?: Node };
  return tapped.$$ instanceof Node && choice._$.$$?.contains(tapped.$$) === true;
}
