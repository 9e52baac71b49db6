import type { UnitDescription } from '../../shared/mini-program-json';
import { defineElements } from '../elements/define-elements';
import { extendElements, type DomBackend } from './dom-backend';
import { defineNamedBehaviors, resolveBehaviors, type NamedBehaviors } from './form-behaviors';
import { asInstance, MiniProgramEnv, type CodeSpace, type PageInstance, type Root } from './glass-easel';
import { addNodesToQueries } from './selector-query';
import { installWxsEvents } from './wxs-events';
import { installWxsGlobals } from './wxs-globals';

/** A page or component that can be loaded. */
export interface LoadableUnit extends UnitDescription {
  load(): unknown;
}

export type TemplateGroup = Record<string, unknown>;

/** Pages and components with what they look like. */
export interface MiniProgramParts {
  /** Dependencies before those who use them. */
  units: readonly LoadableUnit[];
  templates: TemplateGroup;
  /** CSS by unit id; `app` holds app.wxss. */
  styles: Readonly<Record<string, string>>;
}

/** What has been created from a page's or component's definition, not yet in the document. */
export interface CreatedRoot {
  root: Root;
  instance: PageInstance;
}

type Define = (definition: unknown) => unknown;
type AssociatedBackend = ReturnType<InstanceType<typeof MiniProgramEnv>['associateBackend']>;

let areGlobalsInstalled = false;

function installGlobals(): void {
  if (areGlobalsInstalled) return;
  areGlobalsInstalled = true;
  installWxsGlobals();
  installWxsEvents();
  extendElements();
}

/** All components of a mini-program on glass-easel. `wx`, `getApp` and `getCurrentPages` must exist before it is made. */
export class MiniProgram {
  private readonly space: CodeSpace;
  private readonly associated: AssociatedBackend;
  private readonly behaviors: NamedBehaviors;

  constructor(readonly backend: DomBackend) {
    installGlobals();
    const environment = new MiniProgramEnv();
    const globalSpace = environment.getGlobalCodeSpace();
    this.space = environment.createCodeSpace('', true);
    this.behaviors = defineNamedBehaviors(globalSpace);
    defineElements({ globalSpace, mainSpace: this.space, formField: this.behaviors.formField });
    this.associated = environment.associateBackend(backend);
    this.space.addStyleSheet('app', 'app');
    this.triggerReady();
  }

  /**
   * Makes pages and components known and runs their modules. What they use must be among them or loaded already.
   * @param onFailed told of a module that throws, so that the other pages still work; without it, load throws too
   */
  load(parts: MiniProgramParts, onFailed?: (unit: LoadableUnit, error: unknown) => void): void {
    this.associated.registerStyleSheetContent('app', parts.styles['app'] ?? '');
    for (const unit of parts.units) this.addStatics(unit, parts);
    for (const unit of parts.units) {
      try {
        this.loadUnit(unit);
      } catch (error) {
        if (!onFailed) throw error;
        onFailed(unit, error);
      }
    }
  }

  /** @param url id with a query, whose members also become properties. */
  create(url: string, tagName: string): CreatedRoot {
    const root = this.associated.createRoot(tagName, this.space, url);
    const instance = asInstance(root.get());
    addNodesToQueries((instance['createSelectorQuery'] as () => unknown).call(instance));
    return { root, instance };
  }

  private addStatics(
    { id, isPage, json, stylePrefix }: UnitDescription,
    { templates, styles }: MiniProgramParts,
  ): void {
    const { component: _, ...pageJson } = json;
    this.space.addComponentStaticConfig(id, (isPage ? pageJson : { ...json, component: true }) as never);
    this.space.addCompiledTemplate(id, {
      groupList: templates,
      content: templates[id],
      // Old-style `bindtap=` on elements that are no components.
      fallbackListenerOnNativeNode: true,
    } as never);
    this.space.addStyleSheet(id, id, stylePrefix);
    this.associated.registerStyleSheetContent(id, styles[id] ?? '');
  }

  private loadUnit(unit: LoadableUnit): void {
    this.space.componentEnv(unit.id, environment => {
      const define =
        (original: unknown): Define =>
        definition =>
          (original as Define)(resolveBehaviors(definition, this.behaviors));
      Object.assign(globalThis, {
        Page: define(environment.Page),
        Component: define(environment.Component),
        Behavior: Object.assign(define(environment.Behavior), { trait: environment.Behavior.trait }),
      });
      unit.load();
    });
  }

  /** glass-easel leaves the `ready` lifetime to its host. */
  private triggerReady(): void {
    const behavior = this.space
      .behavior()
      .definition({
        lifetimes: {
          attached(this: unknown) {
            const element = asInstance(this)._$;
            setTimeout(() => element.triggerLifetime('ready', []));
          },
        },
      } as never)
      .register() as unknown as { _$: Parameters<CodeSpace['setOverallBehavior']>[0] };
    this.space.setOverallBehavior(behavior._$);
  }
}
