/**
 * What is used of miniprogram-simulate 1.6.2. The types that it brings, of its main module only, would bring
 * miniprogram-api-typings a second time, which contradict those of the project.
 */
declare module 'miniprogram-simulate/src/index' {
  /** A node on the screen: an element or a component. */
  export interface Handle {
    readonly dom: HTMLElement;
    readonly instance: { triggerEvent(name: string, detail?: unknown): void };
    toJSON(): { attrs: { name: string; value?: unknown }[] };
    dispatchEvent(name: string): void;
  }

  /** The component under test. */
  export interface RootHandle extends Handle {
    attach(parent: Node): void;
    detach(): void;
    setData(properties: Record<string, unknown>): void;
    addEventListener(name: string, listener: (event: { detail: unknown }) => void): void;
    triggerPageLifeTime(name: 'show' | 'hide'): void;
  }

  interface LoadOptions {
    compiler: 'official';
    rootPath: string;
    compilerOptions: { maxBuffer: number; wxmlList: string[]; wxsList: string[] };
  }

  interface Wrapper {
    template: string;
    usingComponents: Record<string, string>;
  }

  const simulate: {
    load(path: string, options: LoadOptions): string;
    load(wrapper: Wrapper): string;
    /** @returns undefined when the component has not registered. */
    render(id: string, properties?: Record<string, unknown>): RootHandle | undefined;
    sleep(ms: number): Promise<void>;
  };
  export default simulate;
}

declare module 'miniprogram-simulate/src/utils' {
  interface ComponentJson {
    usingComponents?: Record<string, string>;
  }

  const utils: {
    readJson(path: string): ComponentJson | null;
    getCompiler(): {
      wxmlToJs(rootPath: string, options: { wxmlList: string[]; wxsList: string[] }): string;
    };
  };
  export default utils;
}
