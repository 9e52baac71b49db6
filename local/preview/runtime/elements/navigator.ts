import { count, text, type ElementDefinition } from './element-definition';
import { hostServices } from './host-services';
import { followHover, HOVER_PROPERTIES } from './hover';

const KINDS: Readonly<Record<string, string>> = { navigate: 'navigateTo', redirect: 'redirectTo' };

export const navigator: ElementDefinition = {
  properties: {
    ...HOVER_PROPERTIES,
    hoverClass: text('navigator-hover'),
    url: text(),
    openType: text('navigate'),
    delta: count(1),
    target: text('self'),
  },
  setUp(context) {
    followHover(context);
    const { node, on, string, number } = context;
    node.setAttribute('role', 'link');
    on('tap', () => {
      const kind = KINDS[string('openType')] ?? string('openType');
      hostServices().navigate(kind, { url: string('url'), delta: number('delta') });
    });
  },
};
