import type { ClassView } from '../../miniprogram/contract/training';
import { roleAt, type Actor } from '../shared/domain/scope';
import type { TrainingClass } from '../shared/domain/training-class';
import { classes } from '../shared/store/classes';

/** A class that is the actor's to handle; anybody else's does not exist. */
export async function findClass(classId: TrainingClass['id'], actor: Actor) {
  const trainingClass = await classes.find(classId);
  const by = trainingClass && roleAt(actor, trainingClass);
  return trainingClass && by ? { trainingClass, by } : undefined;
}

export function toClassView(trainingClass: TrainingClass): ClassView {
  const { id, templateId, name, place, startsOn, endsOn, hours, status, issueJobId } = trainingClass;
  const { projectId, cityCode, institutionId, institutionName, amountFen, issueMode, history } =
    trainingClass;
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
    cityCode,
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
