import { toCron } from './cron';
import type { FunctionConfig, TimerTrigger } from './function-config';
import type { FunctionAnswer } from './function-host';

export interface TimerScheduleOptions {
  readonly functions: readonly FunctionConfig[];
  /** `cron` fires by the clock, `manual` only on demand. */
  readonly mode: 'cron' | 'manual';
  readonly getNowMs: () => number;
  /** Runs the trigger's function; its failures are in the call log. */
  readonly fire: (functionName: string, triggerName: string) => Promise<FunctionAnswer>;
}

/** A longer wait overflows setTimeout; the schedule looks again after it. */
const WAIT_MAX_MS = 12 * 3600 * 1000;

/** A timer that is still running is not fired a second time; its next due time is skipped. */
export class TimerRunningError extends Error {}

/** Fires the timer triggers of all functions by the cloud's clock. */
export class TimerSchedule {
  readonly #waits = new Map<string, NodeJS.Timeout>();
  readonly #running = new Set<string>();

  constructor(private readonly options: TimerScheduleOptions) {
    this.reschedule();
  }

  /** Computes all due times anew, after the clock was shifted. Times that the shift jumps over are not made up for. */
  reschedule(): void {
    this.stop();
    if (this.options.mode === 'manual') return;
    for (const config of this.options.functions) {
      for (const trigger of config.triggers) this.#wait(config.name, trigger);
    }
  }

  has(functionName: string, triggerName?: string): boolean {
    return this.#find(functionName, triggerName) !== undefined;
  }

  /**
   * Fires a trigger now, the function's first one unless named, and returns the answer of its call.
   * Throws {@link TimerRunningError} while the same trigger runs, PlatformError when the call fails, and Error when there
   * is no such trigger.
   */
  async fire(functionName: string, triggerName?: string): Promise<FunctionAnswer> {
    const trigger = this.#find(functionName, triggerName);
    if (!trigger) throw new Error(`${functionName} has no timer ${triggerName ?? ''}`.trim());
    return this.#run(functionName, trigger.name);
  }

  stop(): void {
    for (const wait of this.#waits.values()) clearTimeout(wait);
    this.#waits.clear();
  }

  #find(functionName: string, triggerName?: string): TimerTrigger | undefined {
    const config = this.options.functions.find(({ name }) => name === functionName);
    return config?.triggers.find(({ name }) => triggerName === undefined || name === triggerName);
  }

  #wait(functionName: string, trigger: TimerTrigger): void {
    const key = keyOf(functionName, trigger.name);
    const nowMs = this.options.getNowMs();
    const dueAtMs = toCron(trigger.config).nextRun(new Date(nowMs))?.getTime();
    if (dueAtMs === undefined) return;
    const wait = setTimeout(
      () => {
        this.#wait(functionName, trigger);
        if (this.options.getNowMs() >= dueAtMs) this.#run(functionName, trigger.name).catch(() => {});
      },
      Math.min(dueAtMs - nowMs, WAIT_MAX_MS),
    );
    this.#waits.set(key, wait);
  }

  async #run(functionName: string, triggerName: string): Promise<FunctionAnswer> {
    const key = keyOf(functionName, triggerName);
    if (this.#running.has(key)) throw new TimerRunningError(`${key} is still running`);
    this.#running.add(key);
    try {
      return await this.options.fire(functionName, triggerName);
    } finally {
      this.#running.delete(key);
    }
  }
}

function keyOf(functionName: string, triggerName: string): string {
  return `${functionName}/${triggerName}`;
}
