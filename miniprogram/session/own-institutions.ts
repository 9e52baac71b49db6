import type { OfCities } from '../contract/areas';
import type { InstitutionView } from '../contract/training';
import { caller } from '../services/cloud';
import { loadAll } from '../services/load-all';
import type { Answer } from '../view/failure';
import { cityOfInstitution, institutionIdsOf, named } from '../view/grants';
import { currentGrants } from './session';
import { keepStored, readStored } from '../storage';

const listInstitutions = caller('training.listInstitutions');

export interface OwnInstitutions {
  /** The one chosen last, else the first; empty without any. */
  id: string;
  name: string;
  /** All that this person works for. */
  choices: { id: string; text: string }[];
}

const KEY = 'institution';

/** The institution chosen last, else the first. */
export function findInstitutionId(): string | undefined {
  const ids = institutionIdsOf(currentGrants());
  const kept: unknown = readStored(KEY);
  return ids.find(id => id === kept) ?? ids[0];
}

/** The city of {@link findInstitutionId}, as a list names it. */
export const institutionCity = (): OfCities =>
  named(cityOfInstitution(currentGrants(), findInstitutionId() ?? ''));

export function chooseInstitution(institutionId: string): void {
  keepStored(KEY, institutionId);
}

let known: readonly InstitutionView[] = [];

/** What is known without asking: names may be missing. */
export function knownInstitutions(): OwnInstitutions {
  const id = findInstitutionId() ?? '';
  const name = known.find(institution => institution.id === id)?.name ?? '';
  return { id, name, choices: known.map(institution => ({ id: institution.id, text: institution.name })) };
}

/** Asks once in a run of the app; names hardly ever change. */
export async function loadInstitutions(): Promise<Answer<OwnInstitutions>> {
  if (knownInstitutions().name === '') {
    const answer = await loadAll(page => listInstitutions({ own: true, ...page }));
    if (!answer.ok) return answer;
    known = answer.data;
  }
  return { ok: true, data: knownInstitutions() };
}
