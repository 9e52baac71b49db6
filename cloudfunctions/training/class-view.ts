import type { ClassStepView, ClassView } from '../../miniprogram/contract/training';
import { placeOf } from '../shared/domain/scope';
import type { TrainingClass } from '../shared/domain/training-class';
import { byName, type Names } from '../shared/views/step-names';

export function toClassView(trainingClass: TrainingClass): ClassView {
  const { id, templateId, name, place, startsOn, endsOn, hours, status, issueJobId } = trainingClass;
  const { projectId, institutionId, institutionName, amountFen, issueMode, history } = trainingClass;
  const lastMove = history.findLast(({ from, to }) => from !== to);
  const returned = lastMove?.command === 'return' ? lastMove : undefined;
  return {
    id,
    templateId,
    name,
    place,
    startsOn,
    endsOn,
    hours,
    status,
    projectId,
    ...placeOf(trainingClass),
    institutionId,
    institutionName,
    amountFen,
    ...(issueMode !== undefined && { issueMode }),
    ...(trainingClass.note && { note: trainingClass.note }),
    ...(returned?.reason !== undefined && { returnReason: returned.reason }),
    ...(issueJobId !== undefined && { issueJobId }),
    ...(trainingClass.usableUntilMs !== undefined && { usableUntilMs: trainingClass.usableUntilMs }),
  };
}

/** What led the class from one state to the next; what was written about it in between is not of interest afterwards. */
export const toClassHistory = ({ history }: TrainingClass, names: Names): ClassStepView[] =>
  history
    .filter(({ from, to }) => from !== to)
    .map(({ command, to, atMs, by, reason }) => ({
      command,
      to,
      atMs,
      by: by.role,
      ...byName({ by }, names),
      ...(reason !== undefined && { reason }),
    }));
