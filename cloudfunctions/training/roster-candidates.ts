import type { RowProblem } from '../../miniprogram/contract/imports';
import { checkAudience } from '../shared/domain/audience';
import { dayOf } from '../shared/domain/calendar';
import { voucherIdOf } from '../shared/domain/issue';
import type { RosterPerson } from '../shared/domain/roster-rows';
import { personKeyOf } from '../shared/runtime/secrets';
import { command } from '../shared/store/database';
import { CHUNK_MAX, type DocumentCollection, type Stored } from '../shared/store/document-collection';
import { rosterEntries } from '../shared/store/roster-entries';
import { vouchers } from '../shared/store/vouchers';
import type { RosterOwner } from './roster-owner';

/** A person of the file who may come onto the roster. */
export interface Candidate extends RosterPerson {
  personKey: string;
  entryId: string;
}

export interface Examined {
  candidates: Candidate[];
  problems: RowProblem[];
}

export const chunksOf = <T>(items: readonly T[], size = CHUNK_MAX): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

/**
 * Who of the people may come onto the roster, on the day of `nowMs`. Guards of each row, in order: audience of the
 * template · not on the roster yet · no voucher yet. Entries of the same import count as not there yet: they are
 * what an earlier try of this very request has stored.
 */
export async function examine(
  people: readonly RosterPerson[],
  roster: RosterOwner,
  { importKey, nowMs }: { importKey: string; nowMs: number },
): Promise<Examined> {
  const day = dayOf(nowMs);
  const verdicts = people.map(person => ({
    person,
    code: checkAudience(roster.template.audience, person, day),
  }));
  const refused = verdicts.flatMap(({ person: { row }, code }) => (code ? [{ row, code }] : []));
  const eligible = verdicts.filter(({ code }) => !code).map(({ person }) => toCandidate(person, roster));

  const entryIds = eligible.map(({ entryId }) => entryId);
  const listed = await findExisting(rosterEntries, entryIds, { importKey: command.neq(importKey) });
  const voucherIds = eligible.map(({ personKey }) => voucherIdOf(roster.owner, personKey));
  const held = await findExisting(vouchers, voucherIds);

  const examined: Examined = { candidates: [], problems: refused };
  eligible.forEach((candidate, position) => {
    const { row, entryId } = candidate;
    if (listed.has(entryId)) examined.problems.push({ row, code: 'already_on_roster' });
    else if (held.has(voucherIds[position] ?? '')) {
      examined.problems.push({ row, code: 'already_holds_voucher' });
    } else examined.candidates.push(candidate);
  });
  return examined;
}

function toCandidate(person: RosterPerson, { id }: RosterOwner): Candidate {
  const personKey = personKeyOf(person.idNumber);
  return { ...person, personKey, entryId: `${id}-${personKey}` };
}

/** Those of the ids that exist, under a condition if one is given. */
async function findExisting<T extends Stored>(
  collection: DocumentCollection<T>,
  ids: readonly string[],
  where: Readonly<Record<string, unknown>> = {},
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunksOf(ids)) {
    for (const id of await collection.readIds({ where: { _id: command.in(chunk), ...where } })) found.add(id);
  }
  return found;
}
