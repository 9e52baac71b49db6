import type { CertificateOwner } from '../../../miniprogram/contract/operations';
import { placeOf, type Place } from '../domain/scope';
import type { TrainingClass } from '../domain/training-class';
import { classes } from '../store/classes';
import { institutions, type Institution } from '../store/institutions';

/** Where a certificate was earned. */
export type PlaceOfCertificate = { trainingClass: TrainingClass } | { institution: Institution };

export async function findPlaceOfCertificate(
  owner: CertificateOwner,
): Promise<PlaceOfCertificate | undefined> {
  if ('classId' in owner) {
    const trainingClass = await classes.find(owner.classId);
    return trainingClass && { trainingClass };
  }
  const institution = await institutions.find(owner.institutionId);
  return institution && { institution };
}

/** Whose it is. */
export const placeOfCertificate = (place: PlaceOfCertificate): Place =>
  'trainingClass' in place
    ? place.trainingClass
    : { ...placeOf(place.institution), institutionId: place.institution.id };
