import type { ElementContext } from './element-definition';

/** What elements ask of the program around them: navigation and pickers of the phone, dummies in page tests. */
export interface HostServices {
  /** The URL of a picture of the mini-program. @param ownerId the component in whose template it is named. */
  toAssetUrl(path: string, ownerId: string): string;
  navigate(kind: string, options: { url?: string; delta?: number }): void;
  /** Lets a person choose one entry of each column. @returns the indexes, or undefined when cancelled. */
  chooseFromColumns(request: ColumnsRequest): Promise<number[] | undefined>;
  agreeToPrivacy(buttonId: string): void;
  openFromButton(openType: string, button: ElementContext): void;
  /** A `<page-meta>` has appeared or changed. */
  showPageMeta(element: ElementContext): void;
}

export interface ColumnsRequest {
  title: string;
  columns: string[][];
  selected: number[];
  /** A column has been moved: other columns may depend on it. @returns the columns as they are now. */
  onColumnChanged?(column: number, index: number): void;
  /** Receives a function that replaces columns while the panel is open. */
  whenOpen?(replace: (columns: string[][], selected: number[]) => void): void;
}

const NOTHING: HostServices = {
  toAssetUrl: path => path,
  navigate: () => undefined,
  chooseFromColumns: () => Promise.resolve(undefined),
  agreeToPrivacy: () => undefined,
  openFromButton: () => undefined,
  showPageMeta: () => undefined,
};

let current: HostServices = NOTHING;

export const hostServices = (): HostServices => current;

export function setHostServices(services: Partial<HostServices>): void {
  current = { ...NOTHING, ...services };
}
