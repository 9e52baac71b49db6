import { anything, count, text, type ElementDefinition } from './element-definition';
import { hostServices } from './host-services';

export const pageMeta: ElementDefinition = {
  properties: {
    rootFontSize: text(),
    pageFontSize: text(),
    pageStyle: text(),
    rootBackgroundColor: text(),
    backgroundColor: text(),
    backgroundColorTop: text(),
    backgroundColorBottom: text(),
    backgroundTextStyle: text(),
    pageOrientation: text(),
    scrollTop: text(),
    scrollDuration: count(300),
  },
  setUp: context => ({ onChanged: () => hostServices().showPageMeta(context) }),
};

export const navigationBar: ElementDefinition = {
  properties: {
    title: text(),
    loading: anything(),
    frontColor: text(),
    backgroundColor: text(),
    colorAnimationDuration: count(),
    colorAnimationTimingFunc: text(),
  },
  setUp: context => ({ onChanged: () => hostServices().showPageMeta(context) }),
};
