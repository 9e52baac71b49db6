import type { OfCities } from '../contract/areas';
import type { InstitutionView } from '../contract/training';
import { caller } from '../services/cloud';
import { loadAll } from '../services/load-all';
import type { Answer } from '../view/failure';
import { restoredText } from '../view/account';
import { cityOfInstitution, institutionIdsOf, named } from '../view/grants';
import { currentGrants, session } from './session';
import { keepStored, readStored } from '../storage';

const listInstitutions = caller('training.listInstitutions');

export interface OwnInstitutions {
  /** The one chosen last, else the first; empty without any. */
  id: string;
  name: string;
  /** Since when and why it is active again after a suspension; empty when that is long ago. */
  restoredText: string;
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

// A suspension ends with other roles than it began with: what was known from before is out of date.
let rolesThen = '';
session.observe(({ account }) => {
  const roles = JSON.stringify([account?.grants, account?.suspended]);
  if (roles !== rolesThen) known = [];
  rolesThen = roles;
});

/** What is known without asking: names may be missing. */
export function knownInstitutions(): OwnInstitutions {
  const id = findInstitutionId() ?? '';
  const own = known.find(institution => institution.id === id);
  const name = own?.name ?? '';
  return {
    id,
    name,
    restoredText: own ? restoredText(own, Date.now()) : '',
    choices: known.map(institution => ({ id: institution.id, text: institution.name })),
  };
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
