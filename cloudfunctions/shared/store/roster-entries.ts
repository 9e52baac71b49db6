import type { CityCode } from '../../../miniprogram/contract/areas';
import type {
  ClassId,
  InstitutionId,
  PersonKey,
  RosterEntryId,
  TemplateId,
} from '../../../miniprogram/contract/ids';
import { PAGE_SIZE, type Page } from '../../../miniprogram/contract/paging';
import { ownerIdOf, voucherIdOf, type Owner } from '../domain/issue';
import type { Voucher } from '../domain/voucher';
import { command } from './database';
import { DocumentCollection, toPage } from './document-collection';
import { JoinedRead, joinOn, type Fields } from './joined-read';
import { fromRecord } from './query';

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

export interface EntryWithVoucher {
  entry: RosterEntry;
  /** The class or template that the roster belongs to: whose it is. */
  owner: { cityCode?: CityCode; institutionId?: InstitutionId };
  /** Absent until it is issued. */
  voucher?: Voucher;
}

/** Stands for the personKey while the pattern of an id is taken apart. */
const PERSON = '\n' as PersonKey;

/** A page of a roster with its owner and the vouchers made from it. */
export function rosterPage(owner: Owner, cursor: string | undefined): JoinedRead<Page<EntryWithVoucher>> {
  const [before = '', after = ''] = voucherIdOf(owner, PERSON).split(PERSON);
  const { concat } = command.aggregate;
  const ownersFrom = 'classId' in owner ? 'classes' : 'templates';
  const entries = rosterEntries.joinedPage({ where: { ownerId: ownerIdOf(owner) }, cursor, order: 'asc' });
  const rows = joinOn(entries.joins.rows, found =>
    found
      .addFields({ voucherId: concat([before, '$personKey', after]) })
      .lookup({ from: 'vouchers', localField: 'voucherId', foreignField: '_id', as: 'vouchers' })
      .lookup({ from: ownersFrom, localField: 'ownerId', foreignField: '_id', as: 'owners' }),
  );
  return new JoinedRead({ rows }, found =>
    toPage((found.rows as JoinedEntry[]).map(toEntryWithVoucher), PAGE_SIZE, ({ entry }) => entry.id),
  );
}

type JoinedEntry = Fields & { vouchers: Fields[]; owners: EntryWithVoucher['owner'][] };

const toEntryWithVoucher = ({
  vouchers: [voucher],
  owners: [owner],
  voucherId: _voucherId,
  ...entry
}: JoinedEntry): EntryWithVoucher => ({
  entry: fromRecord<RosterEntry>(entry),
  owner: owner ?? {},
  ...(voucher && { voucher: fromRecord<Voucher>(voucher) }),
});
