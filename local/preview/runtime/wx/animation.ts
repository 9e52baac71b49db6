/** Accepts every step of an animation; nothing moves. */
export function createAnimation(): unknown {
  const animation: unknown = new Proxy(
    { export: () => ({ actions: [] }) },
    {
      get: (target, name) => (name === 'export' ? target.export : () => animation),
    },
  );
  return animation;
}
