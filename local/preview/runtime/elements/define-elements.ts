import type { CodeSpace, ElementInstance } from '../framework/glass-easel';
import { ARIA_PROPERTIES, showAria } from './aria';
import { button } from './button';
import { canvas } from './canvas';
import { checkbox, checkboxGroup, radio, radioGroup } from './choices';
import {
  anything,
  behaviourOf,
  createContext,
  setBehaviour,
  text,
  type ElementDefinition,
} from './element-definition';
import { createForm } from './form';
import { icon, progress, richText } from './display';
import { image } from './image';
import { input, textarea } from './text-inputs';
import { label } from './label';
import { navigator } from './navigator';
import { navigationBar, pageMeta } from './page-meta';
import { picker } from './picker';
import { rootPortal } from './root-portal';
import { scrollView } from './scroll-view';
import { slider, switchElement } from './sliders';
import { swiper, swiperItem } from './swiper';
import { plainText, view } from './view';

interface ElementSpaces {
  globalSpace: CodeSpace;
  mainSpace: CodeSpace;
  formField: unknown;
}

interface ComponentSource {
  component(path: string): { definition(definition: object): { register(): { _$: unknown } } };
}

const listElements = (formField: unknown): Record<string, ElementDefinition> => ({
  view,
  text: plainText,
  button,
  canvas,
  checkbox,
  'checkbox-group': checkboxGroup,
  radio,
  'radio-group': radioGroup,
  form: createForm(formField),
  icon,
  image,
  input,
  label,
  navigator,
  'navigation-bar': navigationBar,
  'page-meta': pageMeta,
  picker,
  progress,
  'rich-text': richText,
  'root-portal': rootPortal,
  'scroll-view': scrollView,
  slider,
  swiper,
  'swiper-item': swiperItem,
  switch: switchElement,
  textarea,
  'cover-view': view,
  'cover-image': image,
});

/** Makes WeChat's own elements, as components that every page can use. */
export function defineElements({ globalSpace, mainSpace, formField }: ElementSpaces): void {
  const using = mainSpace.getComponentSpace();
  for (const [tag, definition] of Object.entries(listElements(formField))) {
    const registered = (globalSpace as unknown as ComponentSource)
      .component(`wx-${tag}`)
      .definition(toComponentDefinition(definition))
      .register();
    using.setGlobalUsingComponent(tag, registered._$ as never);
  }
}

const FIELD_PROPERTIES = { name: text(), value: anything() };

function toComponentDefinition(definition: ElementDefinition): object {
  const properties = {
    ...ARIA_PROPERTIES,
    hidden: anything(),
    ...(definition.isField && FIELD_PROPERTIES),
    ...definition.properties,
  };
  const observers = Object.fromEntries(
    Object.keys(properties).map(name => [
      name,
      function (this: ElementInstance, value: unknown) {
        showChange(this, name, value);
      },
    ]),
  );
  return {
    options: { styleScope: 0 },
    properties,
    observers,
    lifetimes: {
      created(this: ElementInstance) {
        // Made for a part of a page that is gone already: nobody will see it.
        if (!this._$.$$) return;
        setBehaviour(this, definition.setUp?.(createContext(this)) ?? {});
      },
      detached(this: ElementInstance) {
        behaviourOf(this).onDetached?.();
      },
    },
  };
}

function showChange(instance: ElementInstance, name: string, value: unknown): void {
  const node = instance._$.$$;
  if (!node) return;
  if (name in ARIA_PROPERTIES) showAria(node, name, value);
  else if (name === 'hidden') node.toggleAttribute('hidden', Boolean(value));
  behaviourOf(instance).onChanged?.(name, value);
}
