import { HOST_CLASS_SEGMENT } from '../framework/glass-easel';
import { anything, count, flag, text, type ElementContext } from './element-definition';

export const HOVER_PROPERTIES = {
  hoverClass: text('none'),
  hoverStopPropagation: flag(),
  hoverStartTime: count(50),
  hoverStayTime: count(400),
  animation: anything(),
};

/** Shorter than WeChat's default, so that nothing looks stuck under a mouse. */
const HOVER_STAY_MS = 100;

/** Shows the hover class while a finger is on the element. */
export function followHover({ instance, string, boolean, on }: ElementContext): void {
  const toggle = (isOn: boolean): void => {
    const names = string('hoverClass');
    if (!names || names === 'none' || boolean('disabled')) return;
    for (const name of names.trim().split(/\s+/)) {
      instance._$.classList.toggle(name, isOn, HOST_CLASS_SEGMENT);
    }
  };
  on('touchstart', () => toggle(true));
  on('touchend', () => void setTimeout(() => toggle(false), HOVER_STAY_MS));
  on('touchcancel', () => toggle(false));
}
