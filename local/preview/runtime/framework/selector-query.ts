import { canvasOf } from '../elements/canvas';
import type { ElementInstance, FrameworkElement } from './glass-easel';

type Fields = Record<string, unknown> & { node?: boolean; properties?: string[] };
type Answer = Record<string, unknown> | null;

/** The inside of the adapter's SelectorQuery, which lacks `node()` and `fields({ node: true })`. */
interface QueryClass {
  prototype: {
    _$push(
      selector: string | null,
      component: ElementInstance,
      isSingle: boolean,
      fields: Fields,
      callback: (answer: Answer | Answer[]) => void,
    ): void;
  };
}

interface NodesRefClass {
  prototype: {
    fields(fields: Fields, callback?: unknown): unknown;
    node?(callback?: unknown): unknown;
  };
}

interface Query {
  constructor: QueryClass;
  select(selector: string): { constructor: NodesRefClass };
}

const patched = new WeakSet<object>();

/** Adds nodes to the answers of selector queries: the canvas of a `<canvas>`, else the component. */
export function addNodesToQueries(query: unknown): void {
  const { constructor: queryClass } = query as Query;
  if (patched.has(queryClass)) return;
  patched.add(queryClass);
  const nodesRefClass = (query as Query).select('view').constructor;
  nodesRefClass.prototype.node = function (callback) {
    return this.fields({ node: true }, callback);
  };
  const push = queryClass.prototype._$push;
  queryClass.prototype._$push = function (selector, component, isSingle, fields, callback) {
    const asked = { ...fields, properties: fields.properties ?? [] };
    push.call(this, selector, component, isSingle, asked, answer => {
      if (fields.node && selector) addNodes(answer, component, selector);
      callback(answer);
    });
  };
}

function addNodes(answer: Answer | Answer[], component: ElementInstance, selector: string): void {
  const root = component._$.getShadowRoot?.();
  if (!root || !answer) return;
  const found = Array.isArray(answer) ? root.querySelectorAll(selector) : [root.querySelector(selector)];
  const answers = Array.isArray(answer) ? answer : [answer];
  answers.forEach((one, index) => {
    if (one) one['node'] = nodeOf(found[index]);
  });
}

const nodeOf = (element: FrameworkElement | null | undefined): unknown =>
  element?.$$ ? (canvasOf(element) ?? element.getMethodCaller()) : null;
