/** What WXS has and JavaScript has not; the build turns `.constructor` into `.__wxsType`. */
export function installWxsGlobals(): void {
  Object.assign(globalThis, {
    getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
    getDate: (...args: [number]) => new Date(...args),
  });
  for (const type of [Array, String, Number, Boolean, Function, Date, RegExp, Object]) {
    Object.defineProperty(type.prototype, '__wxsType', {
      value: type.name,
      writable: true,
      configurable: true,
    });
  }
}
