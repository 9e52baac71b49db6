import type { InstitutionView } from '../contract/training';
import type { Answer } from '../view/failure';
import { caller } from './cloud';
import { findInstitutionId } from './work-place';

const listInstitutions = caller('training.listInstitutions');

export interface OwnInstitutions {
  /** The one chosen last, else the first; empty without any. */
  id: string;
  name: string;
  /** All that this person works for. */
  choices: { id: string; text: string }[];
}

let kept: readonly InstitutionView[] = [];

const toOwn = (institutions: readonly InstitutionView[]): OwnInstitutions => {
  const id = findInstitutionId() ?? '';
  const name = institutions.find(institution => institution.id === id)?.name ?? '';
  return {
    id,
    name,
    choices: institutions.map(institution => ({ id: institution.id, text: institution.name })),
  };
};

/** What is known without asking: names may be missing. */
export const knownInstitutions = (): OwnInstitutions => toOwn(kept);

/** Asks once in a run of the app; names hardly ever change. */
export async function loadInstitutions(): Promise<Answer<OwnInstitutions>> {
  const id = findInstitutionId();
  if (id !== undefined && kept.some(institution => institution.id === id))
    return { ok: true, data: toOwn(kept) };
  const answer = await listInstitutions({});
  if (!answer.ok) return answer;
  kept = answer.data.items;
  return { ok: true, data: toOwn(kept) };
}
