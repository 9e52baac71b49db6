import type { ClassView } from '../../miniprogram/contract/training';
import { actingFor, type Actor } from '../shared/domain/scope';
import { classes, type TrainingClass } from '../shared/store/classes';

/** A class that is the actor's to handle; anybody else's does not exist. */
export async function findClass(classId: string, actor: Actor) {
  const trainingClass = await classes.find(classId);
  const by = trainingClass && actingFor(actor, trainingClass);
  return trainingClass && by ? { trainingClass, by } : undefined;
}

export function toClassView(trainingClass: TrainingClass): ClassView {
  const { id, templateId, name, place, startsOn, endsOn, hours, status, issueJobId } = trainingClass;
  const { projectId, cityCode, institutionId, institutionName, amountFen, history } = trainingClass;
  const returned = status === 'returned' ? history.findLast(step => step.command === 'return') : undefined;
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
    ...(returned?.reason !== undefined && { returnReason: returned.reason }),
    ...(issueJobId !== undefined && { issueJobId }),
  };
}
