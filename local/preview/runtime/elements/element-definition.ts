import type { ElementInstance } from '../framework/glass-easel';

type PropertyType =
  StringConstructor | NumberConstructor | BooleanConstructor | ArrayConstructor | ObjectConstructor | null;

export interface PropertyDefinition {
  type: PropertyType;
  value?: unknown;
}

export const text = (value = ''): PropertyDefinition => ({ type: String, value });
export const count = (value = 0): PropertyDefinition => ({ type: Number, value });
export const flag = (value = false): PropertyDefinition => ({ type: Boolean, value });
export const anything = (): PropertyDefinition => ({ type: null });

/** One element on a page: its component, its node and its properties. */
export interface ElementContext {
  readonly instance: ElementInstance;
  readonly node: HTMLElement;
  /** Properties, read anew each time. */
  string(name: string): string;
  number(name: string): number;
  boolean(name: string): boolean;
  value(name: string): unknown;
  /** Changes own properties, as a person's input does. */
  set(changes: Record<string, unknown>): void;
  /** Tells the page's listeners. */
  emit(type: string, detail?: unknown): void;
  on(type: string, listener: (event: unknown) => void): void;
}

/** What an element does beyond showing its children. */
export interface ElementBehaviour {
  /** A property has got a value, other than the default of the definition. */
  onChanged?(name: string, value: unknown): void;
  onDetached?(): void;
  /** What a form sends for it; without this, its `value`. */
  fieldValue?(): unknown;
  reset?(): void;
  /** A label around it has been tapped. */
  activate?(): void;
  /** Elements of one kind ask each other: swiper items their swiper. */
  refresh?(): void;
}

export interface ElementDefinition {
  properties?: Record<string, PropertyDefinition>;
  /** Has `name` and `value`, and takes part in forms. */
  isField?: boolean;
  setUp?(context: ElementContext): ElementBehaviour | void;
}

const behaviours = new WeakMap<ElementInstance, ElementBehaviour>();

/** The behaviour of a built-in element; empty for others. */
export const behaviourOf = (instance: ElementInstance): ElementBehaviour => behaviours.get(instance) ?? {};

export const setBehaviour = (instance: ElementInstance, behaviour: ElementBehaviour): void =>
  void behaviours.set(instance, behaviour);

export function createContext(instance: ElementInstance): ElementContext {
  const element = instance._$;
  const value = (name: string): unknown => instance.data[name];
  return {
    instance,
    node: element.$$ as HTMLElement,
    value,
    string: name => String(value(name) ?? ''),
    number: name => Number(value(name) ?? 0),
    boolean: name => Boolean(value(name)),
    set: changes => instance.setData(changes),
    emit: (type, detail = {}) => element.triggerEvent(type, detail, {}),
    on: (type, listener) => element.addListener(type, listener),
  };
}
