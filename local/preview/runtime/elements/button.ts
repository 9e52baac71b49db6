import { findAround } from '../framework/glass-easel';
import { hostServices } from './host-services';
import {
  anything,
  behaviourOf,
  flag,
  text,
  type ElementContext,
  type ElementDefinition,
} from './element-definition';
import type { FormBehaviour } from './form';
import { followHover, HOVER_PROPERTIES } from './hover';

export const button: ElementDefinition = {
  properties: {
    ...HOVER_PROPERTIES,
    hoverClass: text('button-hover'),
    type: text('default'),
    size: text('default'),
    plain: flag(),
    disabled: flag(),
    loading: flag(),
    formType: text(),
    openType: text(),
    lang: text(),
    sessionFrom: text(),
    sendMessageTitle: text(),
    sendMessagePath: text(),
    sendMessageImg: text(),
    appParameter: text(),
    showMessageCard: anything(),
    activityType: anything(),
    entrancePath: anything(),
    needShowEntrance: anything(),
    phoneNumberNoQuotaToast: anything(),
  },
  setUp(context) {
    followHover(context);
    const { node } = context;
    node.setAttribute('role', 'button');
    node.tabIndex = 0;
    showAttributes(context);
    context.on('tap', () => {
      if (!context.boolean('disabled')) act(context);
    });
    return { onChanged: () => showAttributes(context) };
  },
};

function showAttributes({ node, string, boolean }: ElementContext): void {
  for (const name of ['type', 'size']) node.setAttribute(name, string(name));
  for (const name of ['disabled', 'plain', 'loading']) node.toggleAttribute(name, boolean(name));
  if (boolean('disabled')) node.setAttribute('aria-disabled', 'true');
  else node.removeAttribute('aria-disabled');
}

function act(context: ElementContext): void {
  const { instance, string, emit } = context;
  const form = string('formType') && findAround(instance._$, 'wx-form');
  if (form) {
    const { submit, reset } = behaviourOf(form) as FormBehaviour;
    if (string('formType') === 'reset') reset();
    else submit();
  }
  const openType = string('openType');
  if (openType === 'agreePrivacyAuthorization') {
    hostServices().agreeToPrivacy(instance._$.id);
    emit('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
  } else if (openType !== '') {
    hostServices().openFromButton(openType, context);
  }
}
