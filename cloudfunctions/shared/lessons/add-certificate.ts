import type { CertificateFields } from '../../../miniprogram/contract/lessons';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { StepActor } from '../domain/actor';
import { dayOf } from '../domain/calendar';
import {
  awardKeyOf,
  checkIssueDay,
  numberTextOf,
  readCertificateNumber,
  type Certificate,
} from '../domain/certificate';
import { readIdNumber } from '../domain/id-number';
import { readPersonName } from '../domain/person-name';
import { placeOf } from '../domain/scope';
import type { TrainingClass } from '../domain/training-class';
import { newId } from '../runtime/new-id';
import type { RequestOfCall } from '../runtime/operation';
import { decryptText, encryptText, lookupKeyOf, personKeyOf } from '../runtime/secrets';
import { certificates } from '../store/certificates';
import { people, type Person } from '../store/people';
import { findAttendee } from './attendee';
import { issueModeOf } from './issue-mode';
import type { PlaceOfCertificate } from './place-of-certificate';

interface CertificateCall {
  by: StepActor;
  nowMs: number;
  request: RequestOfCall;
}

type TypedCertificate = CertificateFields & { holderName: string; idNumber: string };

/**
 * Adds a certificate to what is known of a person; its place was found and is the caller's. Guards, in order: ID number and name · number · the person is known here
 * by this name · of a class: the class has them · day of issue · the number is new, and the award.
 * @returns id_number_invalid; name_missing; name_character_unusable; cell_too_long; certificate_number_invalid;
 * person_not_found; person_not_in_class; certificate_day_out_of_range; certificate_already_exists;
 * certificate_of_class_exists.
 */
export async function addCertificate(
  place: PlaceOfCertificate,
  typed: TypedCertificate,
  call: CertificateCall,
): Promise<Result<Certificate>> {
  const number = readCertificateNumber(typed.number);
  const holder = await findHolder(typed, call.nowMs);
  if (!holder.ok) return holder;
  if (!number.ok) return number;
  const trainingClass = 'trainingClass' in place ? place.trainingClass : undefined;
  const belongs = await checkInClass(trainingClass, holder.data);
  if (!belongs.ok) return belongs;
  const day = checkIssueDay(typed.issuedOn, trainingClass, call.nowMs);
  if (!day.ok) return day;
  return insert(toCertificate(place, { ...typed, number: number.data }, holder.data, call));
}

/** Name and ID number say the same person, or nobody: neither can be tried out against the other. */
async function findHolder(
  typed: Pick<TypedCertificate, 'holderName' | 'idNumber'>,
  nowMs: number,
): Promise<Result<Person>> {
  const idNumber = readIdNumber(typed.idNumber, dayOf(nowMs));
  if (!idNumber.ok) return idNumber;
  const name = readPersonName(typed.holderName);
  if (!name.ok) return name;
  const person = await people.find(personKeyOf(idNumber.data));
  return person && decryptText(person.nameCipher) === name.data ? ok(person) : fail('person_not_found');
}

async function checkInClass(
  trainingClass: TrainingClass | undefined,
  { id: personKey }: Person,
): Promise<Result<undefined>> {
  if (!trainingClass) return ok(undefined);
  const issueMode = await issueModeOf(trainingClass);
  const attendee = await findAttendee({ classId: trainingClass.id, issueMode }, { personKey });
  return attendee ? ok(undefined) : fail('person_not_in_class');
}

function toCertificate(
  place: PlaceOfCertificate,
  { number, name, occupation, level, issuer, issuedOn }: CertificateFields,
  { id: personKey, nameCipher }: Person,
  { by, nowMs, request }: CertificateCall,
): Certificate {
  return {
    id: newId(request),
    version: 1,
    numberCipher: encryptText(number),
    numberKey: lookupKeyOf('certificate', numberTextOf({ issuer, number })),
    name,
    occupation,
    ...(level !== undefined && { level }),
    issuer,
    issuedOn,
    personKey,
    nameCipher,
    ...placeFields(place, personKey, occupation),
    addedAtMs: nowMs,
    history: [{ command: 'add', atMs: nowMs, by, requestId: request.id }],
  };
}

function placeFields(place: PlaceOfCertificate, personKey: Person['id'], occupation: string) {
  if ('institution' in place) {
    const { id: institutionId, name: institutionName } = place.institution;
    return { institutionId, institutionName, ...placeOf(place.institution) };
  }
  const { id: classId, name: className, institutionId, institutionName } = place.trainingClass;
  const ofClass = { classId, className, awardKey: awardKeyOf(classId, personKey, occupation) };
  return { institutionId, institutionName, ...placeOf(place.trainingClass), ...ofClass };
}

/** The database says what is new: taken is the id, by an earlier try of this request, or one of the keys. */
async function insert(certificate: Certificate): Promise<Result<Certificate>> {
  if (await certificates.insert(certificate)) return ok(certificate);
  const own = await certificates.find(certificate.id);
  if (own) return ok(own);
  const { numberKey } = certificate;
  const sameNumber = await certificates.findWhere({ numberKey });
  return fail(sameNumber ? 'certificate_already_exists' : 'certificate_of_class_exists');
}
