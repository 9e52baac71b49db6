import { flag, text, type ElementDefinition } from './element-definition';
import { followHover, HOVER_PROPERTIES } from './hover';

export const view: ElementDefinition = { properties: HOVER_PROPERTIES, setUp: followHover };

export const plainText: ElementDefinition = {
  properties: {
    selectable: flag(),
    userSelect: flag(),
    space: text(),
    decode: flag(),
    overflow: text(),
    maxLines: text(),
  },
  setUp: ({ node, boolean }) => ({
    onChanged: name => {
      if (name !== 'selectable' && name !== 'userSelect') return;
      node.style.userSelect = boolean('selectable') || boolean('userSelect') ? 'text' : '';
    },
  }),
};
