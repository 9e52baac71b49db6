import type { InstitutionId } from '../../miniprogram/contract/ids';
import type { InstitutionView } from '../../miniprogram/contract/training';
import { placeOf, roleAt, type Actor } from '../shared/domain/scope';
import { standingOf } from '../shared/domain/standing';
import { institutions, type Institution } from '../shared/store/institutions';

export function toInstitutionView(institution: Institution): InstitutionView {
  const { id, name, uscc, active, projectIds = [] } = institution;
  const standing = standingOf(institution);
  return {
    id,
    name,
    uscc,
    ...placeOf(institution),
    active,
    ...(standing && { standing }),
    ...(projectIds.length > 0 && { projectIds }),
  };
}

const roleAtIt = (actor: Actor, { id: institutionId, ...place }: Institution) =>
  roleAt(actor, { ...placeOf(place), institutionId });

/** An officer's institution, or an administrator's own. */
export const isTheirs = (institution: Institution | undefined, actor: Actor): institution is Institution =>
  institution !== undefined && roleAtIt(actor, institution) !== undefined;

/** An institution that is the actor's to handle; anybody else's does not exist. */
export async function findInstitution(institutionId: InstitutionId, actor: Actor) {
  const institution = await institutions.find(institutionId);
  const by = institution && roleAtIt(actor, institution);
  return institution && by ? { institution, by } : undefined;
}
