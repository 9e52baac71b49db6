/** Faults on demand. Each `…Next` counts calls: 2 spoils the next two. Setting a field replaces it; the rest stays. */
export interface EsscFaults {
  /** Every answer is this late, milliseconds, until set to 0. */
  delayMs?: number;
  /** Not processed: answers that it is busy and the call may be repeated. */
  failNext?: number;
  /** Not processed: HTTP 503 with message and requestId. */
  status5xxNext?: number;
  /** Processed, then the connection is cut before the answer. */
  dropAfterProcessNext?: number;
  /** Processed, then the answer is spoilt as `garbleWith` says (bad_json unless set). */
  garbleNext?: number;
  garbleWith?: GarbleKind;
  /** Not processed: the answer is an earlier one of the same API, correctly sealed for that earlier request. */
  staleNext?: number;
}

export type GarbleKind = 'bad_json' | 'bad_mac' | 'too_large' | 'redirect';
export type FaultKind = 'fail' | 'status5xx' | 'dropAfterProcess' | 'garble' | 'stale';

const COUNTED = {
  fail: 'failNext',
  status5xx: 'status5xxNext',
  dropAfterProcess: 'dropAfterProcessNext',
  garble: 'garbleNext',
  stale: 'staleNext',
} as const satisfies Record<FaultKind, keyof EsscFaults>;

/** The faults that are still to come. */
export class FaultPlan {
  readonly #faults: EsscFaults = {};

  set(faults: EsscFaults): void {
    Object.assign(this.#faults, faults);
  }

  get delayMs(): number {
    return this.#faults.delayMs ?? 0;
  }

  get garbleWith(): GarbleKind {
    return this.#faults.garbleWith ?? 'bad_json';
  }

  /** The fault of the call that is being answered, used up by asking. */
  take(): FaultKind | undefined {
    for (const kind of Object.keys(COUNTED) as FaultKind[]) {
      const left = this.#faults[COUNTED[kind]] ?? 0;
      if (left <= 0) continue;
      this.#faults[COUNTED[kind]] = left - 1;
      return kind;
    }
    return undefined;
  }
}
