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
}

export const rosterEntries = new DocumentCollection<RosterEntry>('rosterEntries');
