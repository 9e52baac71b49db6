import type { Grant } from '../../../miniprogram/contract/roles';

const HOUR_MS = 60 * 60 * 1000;

/** How long a sign-in lasts for somebody who can act on other people's vouchers. */
export const STAFF_SESSION_MS = 12 * HOUR_MS;
/** For everybody else: a worker sees only what is theirs. */
export const WORKER_SESSION_MS = 30 * 24 * HOUR_MS;

/** When the sign-in ends, given the roles as they now are. A role shortens a session that runs; nothing prolongs one. */
export const sessionEndMs = (signedInUntilMs: number, grants: readonly Grant[], nowMs: number): number =>
  grants.length === 0 ? signedInUntilMs : Math.min(signedInUntilMs, nowMs + STAFF_SESSION_MS);
