import { planFor } from '../loop/plan';
import { playLoop } from '../loop/loop';
import type { Stage } from '../stage/stage';
import { withStage, type Drill } from './drill';

const PEOPLE = 1_500;
const ROUNDS_MIN = 6;
const FIRST_KILL_MS = 60;
const NEXT_KILL_MS = 900;
/** Steps in which the database is shot, again and again while they last. */
const STEPS = ['issued', 'claimed', 'used', 'paid_and_settled'] as const;
const ROUNDS_A_STEP_MAX = 4;

/** Kills the database process under load and starts it again. Nothing answered may be lost, nothing doubled. */
export const kill9: Drill = () =>
  withStage({ restartDatabase: 'manual' }, async stage => {
    const saboteur = new Saboteur(stage);
    const report = await playLoop(stage, planFor(PEOPLE), {
      begun: name => saboteur.begin(name),
      ended: () => saboteur.end(),
    });
    await saboteur.end();
    const { kills } = saboteur;
    const rounds = Object.values(kills).reduce((sum, count) => sum + count, 0);
    const isEveryStepHit = STEPS.every(step => (kills[step] ?? 0) > 0);
    const { conservation, issued, claimed, used, settled } = report;
    const ok = conservation.ok && rounds >= ROUNDS_MIN && isEveryStepHit;
    return { name: 'kill-9', ok, rounds, kills, issued, claimed, used, settled, conservation };
  });

class Saboteur {
  readonly kills: Record<string, number> = {};
  private running: Promise<void> = Promise.resolve();
  private current = '';

  constructor(private readonly stage: Stage) {}

  begin(step: string): void {
    this.current = step;
    if ((STEPS as readonly string[]).includes(step)) this.running = this.sabotage(step);
  }

  /** Waits until the database stands again. */
  async end(): Promise<void> {
    this.current = '';
    await this.running;
  }

  private async sabotage(step: string): Promise<void> {
    for (let round = 0; round < ROUNDS_A_STEP_MAX; round++) {
      await pause(round === 0 ? FIRST_KILL_MS : NEXT_KILL_MS);
      if (this.current !== step) return;
      await this.stage.cloud.killDatabase();
      this.kills[step] = (this.kills[step] ?? 0) + 1;
      await this.stage.cloud.restartDatabase();
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
