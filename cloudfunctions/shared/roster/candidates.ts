import type { RowProblem } from '../../../miniprogram/contract/imports';
import { checkAudience } from '../domain/audience';
import { dayOf } from '../domain/calendar';
import { rosterEntryIdOf, voucherIdOf } from '../domain/issue';
import type { RosterPerson } from '../domain/roster-rows';
import { personKeyOf } from '../runtime/secrets';
import type { PersonKey, RosterEntryId, VoucherId } from '../../../miniprogram/contract/ids';
import { chunksOf } from '../store/document-collection';
import { not, oneOf } from '../store/query';
import { rosterEntries } from '../store/roster-entries';
import { vouchers } from '../store/vouchers';
import type { RosterOwner } from './owner';

/** A person of the file who may come onto the roster. */
export interface Candidate extends RosterPerson {
  personKey: PersonKey;
  entryId: RosterEntryId;
}

export interface Examined {
  candidates: Candidate[];
  problems: RowProblem[];
}

/**
 * Who of the people may come onto the roster, on the day of `nowMs`. Guards of each row, in order: audience of the
 * template · not on the roster yet · no voucher yet. Entries of the same import count as not there yet: they are
 * what an earlier try of this very request has stored. (A dry run has no import.)
 */
export async function examine(
  people: readonly RosterPerson[],
  roster: RosterOwner,
  { importKey, nowMs }: { importKey: string | undefined; nowMs: number },
): Promise<Examined> {
  const day = dayOf(nowMs);
  const verdicts = people.map(person => ({
    person,
    code: checkAudience(roster.template.audience, person, day),
  }));
  const refused = verdicts.flatMap(({ person: { row }, code }) => (code ? [{ row, code }] : []));
  const eligible = verdicts.filter(({ code }) => !code).map(({ person }) => toCandidate(person, roster));

  const entryIds = eligible.map(({ entryId }) => entryId);
  const listed = await findListed(entryIds, importKey);
  const voucherIds = eligible.map(({ personKey }) => voucherIdOf(roster.owner, personKey, 1));
  const held = await findHeld(voucherIds);

  const examined: Examined = { candidates: [], problems: refused };
  eligible.forEach(candidate => {
    const { row, entryId } = candidate;
    if (listed.has(entryId)) examined.problems.push({ row, code: 'already_on_roster' });
    else if (held.has(voucherIdOf(roster.owner, candidate.personKey, 1))) {
      examined.problems.push({ row, code: 'already_holds_voucher' });
    } else examined.candidates.push(candidate);
  });
  return examined;
}

function toCandidate(person: RosterPerson, { owner }: RosterOwner): Candidate {
  const personKey = personKeyOf(person.idNumber);
  return { ...person, personKey, entryId: rosterEntryIdOf(owner, personKey) };
}

/** Those of the entries that exist, but for those of the import. */
async function findListed(
  ids: readonly RosterEntryId[],
  importKey: string | undefined,
): Promise<Set<RosterEntryId>> {
  const byOthers = importKey === undefined ? {} : { importKey: not(importKey) };
  const found = await Promise.all(
    chunksOf(ids).map(chunk =>
      rosterEntries.readIds({ where: { _id: oneOf(chunk), ...byOthers }, limit: chunk.length }),
    ),
  );
  return new Set(found.flat());
}

/** Those of the vouchers that exist. Who holds a later one stands on the roster. */
async function findHeld(ids: readonly VoucherId[]): Promise<Set<VoucherId>> {
  const found = await Promise.all(
    chunksOf(ids).map(chunk =>
      vouchers.readIds({ where: { _id: oneOf(chunk), status: not('voided') }, limit: chunk.length }),
    ),
  );
  return new Set(found.flat());
}
