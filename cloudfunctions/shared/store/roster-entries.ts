import type { CityCode } from '../../../miniprogram/contract/areas';
import { PAGE_SIZE, type Page } from '../../../miniprogram/contract/paging';
import { voucherIdOf } from '../domain/issue';
import type { Voucher } from '../domain/voucher';
import { attempt } from './attempt';
import { collection, command } from './database';
import { DocumentCollection, type Stored } from './document-collection';

/** A person fixed for a class or a general template (券关联人). `id` is `<ownerId>-<personKey>`. */
export interface RosterEntry extends Stored {
  /** The class, or the template of a 通用券. */
  ownerId: string;
  personKey: string;
  nameCipher: string;
  idNumberCipher: string;
  /** The facts behind the verdict "may hold the voucher", where they came from and when. Notice 二(二). */
  eligibility: { labourContract: boolean; enterprisePension: boolean; source: 'roster'; atMs: number };
  addedAtMs: number;
  /** Key of the request that imported it, by which a repetition knows its own entries. */
  importKey: string;
}

export const rosterEntries = new DocumentCollection<RosterEntry>('rosterEntries');

export interface EntryWithVoucher {
  entry: RosterEntry;
  /** The class or template that the roster belongs to: whose it is. */
  owner: { cityCode?: CityCode; institutionId?: string };
  /** Absent until it is issued. */
  voucher?: Voucher;
}

type JoinedEntry = RosterEntry & {
  _id: string;
  vouchers: (Voucher & { _id: string })[];
  owners: EntryWithVoucher['owner'][];
};

/** Stands for the personKey while the pattern of an id is taken apart. */
const PERSON = '\n';

/** A page of a roster with its owner and the vouchers made from it, in one request. */
export async function listWithVouchers(
  owner: { classId: string } | { templateId: string },
  cursor: string | undefined,
): Promise<Page<EntryWithVoucher>> {
  const [before = '', after = ''] = voucherIdOf(owner, PERSON).split(PERSON);
  const [ownerId, ownerCollection] =
    'classId' in owner ? [owner.classId, 'classes'] : [owner.templateId, 'templates'];
  const { data } = await attempt(() =>
    collection('rosterEntries')
      .aggregate()
      .match({ ownerId, ...(cursor !== undefined && { _id: command.gt(cursor) }) })
      .sort({ _id: 1 })
      .limit(PAGE_SIZE + 1)
      .addFields({ voucherId: command.aggregate.concat([before, '$personKey', after]) })
      .lookup({ from: 'vouchers', localField: 'voucherId', foreignField: '_id', as: 'vouchers' })
      .lookup({ from: ownerCollection, localField: 'ownerId', foreignField: '_id', as: 'owners' })
      .end(),
  );
  const rows = (data as JoinedEntry[]).map(({ vouchers: [voucher], owners: [whose], ...entry }) => ({
    entry: { ...entry, id: entry._id },
    owner: whose ?? {},
    ...(voucher && { voucher: { ...voucher, id: voucher._id } }),
  }));
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  return rows.length > PAGE_SIZE && last ? { items, nextCursor: last.entry.id } : { items };
}
