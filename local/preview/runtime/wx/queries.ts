import type { PageInstance } from '../framework/glass-easel';
import { createAnimation } from './animation';
import type { WxMembers } from './call';
import type { PhoneContext } from './phone-context';

type Method = (options?: unknown) => unknown;

const call = (instance: PageInstance, method: string, options?: unknown): unknown =>
  (instance[method] as Method).call(instance, options);

/** Questions about the page in front, or about a component. */
export const createQueryApi = ({ stack }: PhoneContext): WxMembers => ({
  createSelectorQuery: () => call(stack.current.instance, 'createSelectorQuery'),
  createIntersectionObserver: (component: PageInstance | undefined, options: unknown) =>
    call(component ?? stack.current.instance, 'createIntersectionObserver', options),
  createAnimation,
});
