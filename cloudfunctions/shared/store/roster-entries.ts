import type { ClassId, PersonKey, RosterEntryId, TemplateId } from '../../../miniprogram/contract/ids';
import { PAGE_SIZE, type Page } from '../../../miniprogram/contract/paging';
import { ownerIdOf, type Owner } from '../domain/issue';
import type { Place } from '../domain/scope';
import type { Voucher } from '../domain/voucher';
import { attempt } from './attempt';
import { inTransaction } from './database';
import { DocumentCollection, toPage } from './document-collection';
import { JoinedRead, joinOn, type Fields } from './joined-read';
import { fromRecord, increasedBy, toUpdate, type Stored } from './query';
import { readInTransaction } from './transaction';

/** A person fixed for a class or a general template (券关联人). `id` is `<ownerId>-<personKey>`. */
export interface RosterEntry {
  id: RosterEntryId;
  version: number;
  /** The class, or the template of a 通用券. */
  ownerId: ClassId | TemplateId;
  personKey: PersonKey;
  nameCipher: string;
  idNumberCipher: string;
  /** The facts behind the verdict "may hold the voucher", where they came from and when. Notice 二(二). */
  eligibility: { labourContract: boolean; enterprisePension: boolean; source: 'roster'; atMs: number };
  addedAtMs: number;
  /** Key of the request that imported it, by which a repetition knows its own entries. */
  importKey: string;
}

export const rosterEntries = new DocumentCollection<RosterEntry, 'rosterEntries'>('rosterEntries');

/**
 * Takes somebody off a roster, if its owner is still as it was read, and raises the owner's version with it: whoever decides
 * on the owner by what stands on its roster decides anew.
 * @returns false when the owner has changed.
 */
export const removeEntry = (owner: Owner, { version }: Stored, entryId: RosterEntryId): Promise<boolean> =>
  attempt(() =>
    inTransaction(async transaction => {
      const name = 'classId' in owner ? 'classes' : 'templates';
      const current = await readInTransaction(transaction, name, ownerIdOf(owner));
      if (current?.version !== version) return false;
      await transaction.collection('rosterEntries').doc(entryId).remove();
      const raised = toUpdate({ version: increasedBy(1) });
      await transaction.collection(name).doc(ownerIdOf(owner)).update(raised);
      return true;
    }),
  );

export interface EntryWithVoucher {
  entry: RosterEntry;
  /** The class or template that the roster belongs to: whose it is. */
  owner: Place;
  /** Absent until it is issued. */
  voucher?: Voucher;
}

/** A page of a roster with its owner and the vouchers made from it. */
export function rosterPage(owner: Owner, cursor: string | undefined): JoinedRead<Page<EntryWithVoucher>> {
  const ownersFrom = 'classId' in owner ? 'classes' : 'templates';
  const entries = rosterEntries.joinedPage({ where: { ownerId: ownerIdOf(owner) }, cursor, order: 'asc' });
  const rows = joinOn(entries.joins.rows, found =>
    found
      .lookup({ from: 'vouchers', localField: 'personKey', foreignField: 'personKey', as: 'vouchers' })
      .lookup({ from: ownersFrom, localField: 'ownerId', foreignField: '_id', as: 'owners' }),
  );
  return new JoinedRead({ rows }, found =>
    toPage((found.rows as JoinedEntry[]).map(toEntryWithVoucher), PAGE_SIZE, ({ entry }) => entry.id),
  );
}

type JoinedEntry = Fields & { vouchers: Fields[]; owners: EntryWithVoucher['owner'][] };

function toEntryWithVoucher({ vouchers, owners: [owner], ...record }: JoinedEntry): EntryWithVoucher {
  const entry = fromRecord<RosterEntry>(record);
  const voucher = latestOf(vouchers.map(fromRecord<Voucher>), entry.ownerId);
  return { entry, owner: owner ?? {}, ...(voucher && { voucher }) };
}

/** Of all that a person has, the last one that was made for them here: an earlier one was voided. */
const latestOf = (held: readonly Voucher[], ownerId: RosterEntry['ownerId']): Voucher | undefined =>
  held
    .filter(({ classId, templateId }) => classId === ownerId || templateId === ownerId)
    .sort((a, b) => b.issuedAtMs - a.issuedAtMs)[0];
