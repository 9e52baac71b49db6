import { isDeepStrictEqual } from 'node:util';
import { OPERATIONS, type OperationName } from '../../miniprogram/contract/operations';
import { isRetryable } from '../../miniprogram/contract/error-codes';
import type { Result } from '../../miniprogram/contract/result';
import { planFor } from '../loop/plan';
import { playLoop } from '../loop/loop';
import { Caller } from '../stage/caller';
import { withStage, type DrillReport } from './drill';

const PEOPLE_DEFAULT = 300;
/** Every so many writing calls the database, too, loses an answer after it has committed. */
const DATABASE_LOSES_EVERY = 5;

/** Throws away the first answer to every write and sends the request again, as a phone in a lift does. */
class ForgetfulCaller extends Caller {
  repeated = 0;
  databaseAnswersLost = 0;
  readonly different: OperationName[] = [];
  private writes = 0;

  protected override async send(
    name: OperationName,
    event: { input: unknown },
    openid: string,
  ): Promise<Result<unknown>> {
    if (!OPERATIONS[name].writes) return super.send(name, event, openid);
    if (++this.writes % DATABASE_LOSES_EVERY === 0) {
      this.databaseAnswersLost++;
      await this.cloud.setDatabaseFaults({ dropAnswerNext: 1 });
    }
    const lost = await super.send(name, event, openid);
    if (!lost.ok && isRetryable(lost.error.code)) return lost;
    const again = await super.send(name, event, openid);
    this.repeated++;
    if (lost.ok && !isDeepStrictEqual(again, lost)) this.different.push(name);
    return lost.ok ? again : lost;
  }
}

/** An answer that was lost after the commit: the retry with the same requestId gets the very same. */
export const lostAnswer = (people = PEOPLE_DEFAULT): Promise<DrillReport> => {
  let caller: ForgetfulCaller | undefined;
  const makeCaller = (...args: ConstructorParameters<typeof Caller>) =>
    (caller = new ForgetfulCaller(...args));
  return withStage({ makeCaller }, async stage => {
    const { conservation } = await playLoop(stage, planFor(people));
    const { repeated = 0, databaseAnswersLost = 0, different = [] } = caller ?? {};
    const ok = conservation.ok && repeated > 0 && databaseAnswersLost > 0 && different.length === 0;
    return { name: 'lost-answer', ok, repeated, databaseAnswersLost, different, conservation };
  });
};
