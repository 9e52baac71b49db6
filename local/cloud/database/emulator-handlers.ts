/** Actions that the service does not have: set-up, faults and diagnosis. Reachable on the loopback interface only. */
import type { ActionHandlers, AdminParams, CollectionDefinition, Faults } from './admin-protocol';
import type { Document } from './document-values';
import type { Engine } from './engine';
import type { FaultInjector } from './faults';
import type { SortKeys } from './planner';

export interface EmulatorParts {
  readonly engine: Engine;
  readonly faults: FaultInjector;
  readonly clock: { offsetMs: number };
  /** What every database request waits before it is carried out. */
  readonly delay: { ms: number };
}

/** These take plain JSON, not EJSON. */
export function emulatorHandlers({ engine, faults, clock, delay }: EmulatorParts): ActionHandlers {
  return {
    'emulator.applyCollections': params => {
      engine.applyCollections(params.collections as CollectionDefinition[]);
      return {};
    },
    'emulator.setClockOffset': ({ offsetMs }) => {
      clock.offsetMs = Number(offsetMs ?? 0);
      return { data: { offsetMs: clock.offsetMs } };
    },
    'emulator.setDelay': ({ delayMs }) => {
      delay.ms = Number(delayMs ?? 0);
      return {};
    },
    'emulator.setFaults': ({ action: _, faults: wanted }) => {
      faults.set((wanted ?? {}) as Faults);
      return {};
    },
    'emulator.explain': params => ({
      data: engine.explain(String(params.collectionName), toFindRequest(params)),
    }),
    'emulator.unindexedScans': () => ({ data: { scans: engine.audit.list() } }),
  };
}

const toFindRequest = ({ query, sort }: AdminParams) => ({
  query: (query ?? {}) as Document,
  ...(sort ? { sort: sort as SortKeys } : {}),
});
