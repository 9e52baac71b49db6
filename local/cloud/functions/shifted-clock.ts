/**
 * Replaces the global Date of this thread by one whose present is shifted, and returns the function that sets the shift.
 * Only "now" moves: `new Date(x)`, time zones, timers and `performance.now()` keep their meaning.
 */
export function installShiftedClock(): (offsetMs: number) => void {
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  let offsetMs = 0;
  const now = (): number => realNow() + offsetMs;

  const ShiftedDate = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget) as Date,
  });
  RealDate.now = now;
  Object.defineProperty(RealDate.prototype, 'constructor', { value: ShiftedDate });
  globalThis.Date = ShiftedDate;
  return value => {
    offsetMs = value;
  };
}
