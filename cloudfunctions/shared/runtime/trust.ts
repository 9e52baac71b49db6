/** Refusals in a row after which nothing is read for an openid before it is known who it is. */
const REFUSALS_MAX = 3;
/** Openids that are remembered; the one that was refused longest ago is forgotten first. */
const REMEMBERED_MAX = 1_000;

/** Of this instance: a stranger who calls again and again must not make the database read twice as much. */
const refusals = new Map<string, number>();

export const hasTrust = (openid: string): boolean => (refusals.get(openid) ?? 0) < REFUSALS_MAX;

export function noteTrust(openid: string, isAdmitted: boolean): void {
  const count = refusals.get(openid) ?? 0;
  refusals.delete(openid);
  if (isAdmitted) return;
  refusals.set(openid, count + 1);
  const [oldest] = refusals.keys();
  if (refusals.size > REMEMBERED_MAX && oldest !== undefined) refusals.delete(oldest);
}
