import { PlatformError } from '../cloud/functions/platform-error';
import type { Stage } from '../stage/stage';

export interface StepReport {
  name: string;
  /** How many people, rows or vouchers the step was about. */
  count: number;
  ms: number;
  functionCalls: number;
  dbRequests: number;
}

/** Timer runs belong to the step that waits for them, so they are counted beside the callers' own calls. */
export interface TimerCosts {
  calls: number;
  databaseRequests: number;
}

export interface StepListener {
  begun?(name: string): void;
  /** The next step waits for it. */
  ended?(step: StepReport): void | Promise<void>;
}

/** Times the steps of a run and tells each as it ends. */
export class StepClock {
  readonly steps: StepReport[] = [];
  readonly timers: TimerCosts = { calls: 0, databaseRequests: 0 };

  constructor(
    private readonly stage: Stage,
    private readonly listener: StepListener,
  ) {}

  /** @param work returns how many it was about. */
  async step(name: string, work: () => Promise<number>): Promise<void> {
    this.listener.begun?.(name);
    const before = this.costs();
    const startedMs = performance.now();
    const count = await work();
    const after = this.costs();
    const report = {
      name,
      count,
      ms: Math.round(performance.now() - startedMs),
      functionCalls: after.calls - before.calls,
      dbRequests: after.databaseRequests - before.databaseRequests,
    };
    this.steps.push(report);
    await this.listener.ended?.(report);
  }

  /** Fires the timer of the functions once. A run that is killed is followed by the next one. */
  async fireTimer(): Promise<void> {
    const run = await this.stage.cloud.fireTimer('timer').catch((error: unknown) => {
      if (error instanceof PlatformError) return undefined;
      throw error;
    });
    this.timers.calls++;
    this.timers.databaseRequests += run?.databaseRequests ?? 0;
  }

  private costs(): TimerCosts {
    const { calls, databaseRequests } = this.stage.caller;
    return {
      calls: calls + this.timers.calls,
      databaseRequests: databaseRequests + this.timers.databaseRequests,
    };
  }
}
