import * as v from 'valibot';
import { CERTIFICATE_LEVELS } from '../../miniprogram/contract/lessons';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { CertificateOwner } from '../../miniprogram/contract/operations';
import { placeOf, roleAt, type Place } from '../shared/domain/scope';
import { addCertificate } from '../shared/lessons/add-certificate';
import { findPlaceOfCertificate, placeOfCertificate } from '../shared/lessons/place-of-certificate';
import { toCertificateView } from '../shared/lessons/views';
import { ClassId, Cursor, Day, InstitutionId, Line, RawText } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { certificatesOf } from '../shared/store/certificates';
import { mapPage } from '../shared/views/pages';

const Fields = {
  holderName: RawText,
  idNumber: RawText,
  number: Line(LIMITS.certificateNumberCharsMax),
  name: Line(LIMITS.nameCharsMax),
  occupation: Line(LIMITS.nameCharsMax),
  level: v.exactOptional(v.picklist(CERTIFICATE_LEVELS)),
  issuer: Line(LIMITS.nameCharsMax),
  issuedOn: Day,
};

export const addCertificateOfPerson = operation('training.addCertificate', {
  input: v.union([
    v.strictObject({ classId: ClassId, ...Fields }),
    v.strictObject({ institutionId: InstitutionId, ...Fields }),
  ]),
  load: findPlaceOfCertificate,
  run: async ({ input, actor, nowMs, request }, place) => {
    const by = place && roleAt(actor, placeOfCertificate(place));
    if (!place || !by) return notFound(input);
    const added = await addCertificate(place, input, { by, nowMs, request });
    return added.ok ? ok(toCertificateView(added.data)) : added;
  },
});

const notFound = (owner: CertificateOwner): Result<never> =>
  fail('classId' in owner ? 'class_not_found' : 'institution_not_found');

export const listCertificates = operation('training.listCertificates', {
  input: v.union([
    v.strictObject({ classId: ClassId, cursor: Cursor }),
    v.strictObject({ institutionId: InstitutionId, cursor: Cursor }),
  ]),
  load: ({ cursor, ...owner }) => certificatesOf(owner, cursor),
  run: async ({ input, actor }, { owner, page }) => {
    const where: Place | undefined =
      owner && ('institutionId' in owner ? owner : { ...placeOf(owner), institutionId: owner.id });
    return where && roleAt(actor, where) ? ok(mapPage(page, toCertificateView)) : notFound(input);
  },
});
