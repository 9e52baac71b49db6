import type { ClassId } from '../../../miniprogram/contract/ids';
import type { TrainingClass } from '../domain/training-class';
import { attempt } from './attempt';
import type { Institution } from './institutions';
import type { Fields } from './joined-read';
import { PlacedCollection } from './placed-collection';
import { fromRecord } from './query';

export const classes = new PlacedCollection<TrainingClass, 'classes'>('classes');

/** A class together with its institution, in one request. */
export async function findWithInstitution(
  classId: ClassId,
): Promise<{ trainingClass: TrainingClass; institution: Institution | undefined } | undefined> {
  const { data } = await attempt(() =>
    classes
      .aggregate({ _id: classId })
      .lookup({ from: 'institutions', localField: 'institutionId', foreignField: '_id', as: 'institutions' })
      .limit(1)
      .end(),
  );
  const [record] = data as (Fields & { institutions: Fields[] })[];
  if (!record) return undefined;
  const { institutions, ...trainingClass } = record;
  return {
    trainingClass: fromRecord<TrainingClass>(trainingClass),
    institution: institutions.map(fromRecord<Institution>)[0],
  };
}
