import type { CodeSpace } from './glass-easel';

/** Behaviors that WeChat names by strings; the adapter knows only the behaviors themselves. */
export interface NamedBehaviors {
  byName: Readonly<Record<string, unknown>>;
  formField: unknown;
}

interface BehaviorSource {
  behavior(): { definition(definition: object): { register(): unknown } };
}

export function defineNamedBehaviors(space: CodeSpace): NamedBehaviors {
  const define = (definition: object): unknown =>
    (space as unknown as BehaviorSource).behavior().definition(definition).register();
  const formField = define({ properties: { name: { type: String, value: '' }, value: { type: null } } });
  const empty = define({});
  return {
    formField,
    byName: {
      'wx://form-field': formField,
      'wx://form-field-group': formField,
      'wx://form-field-button': empty,
      'wx://component-export': empty,
      'wx://proxy-scroll-view': empty,
    },
  };
}

interface Definition {
  behaviors?: unknown[];
}

/** Replaces the names in a definition's `behaviors`. */
export function resolveBehaviors<T>(definition: T, { byName }: NamedBehaviors): T {
  const { behaviors } = (definition ?? {}) as Definition;
  if (!behaviors) return definition;
  const resolved = behaviors
    .map(behavior => (typeof behavior === 'string' ? byName[behavior] : behavior))
    .filter(behavior => behavior !== undefined);
  return { ...definition, behaviors: resolved };
}
