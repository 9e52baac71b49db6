import type { ChangeStep } from './change-step';
import { DocumentCollection } from './document-collection';
import type { Fields, Join } from './joined-read';
import type { Stored } from './query';

const DEADLINE_ID = 'entryDeadline';

/** Something that the province has set, by its name. */
interface DeadlineSetting extends Stored {
  /** Until when applications for network entry are to be handed in, the day itself included. */
  deadlineOn: string;
  history: ChangeStep[];
}

export const settings = new DocumentCollection<DeadlineSetting, 'settings'>('settings');

export const newDeadline = (deadlineOn: string, step: ChangeStep): DeadlineSetting => ({
  id: DEADLINE_ID,
  version: 1,
  deadlineOn,
  history: [step],
});

export const findDeadline = (): Promise<DeadlineSetting | undefined> => settings.find(DEADLINE_ID);

/** The setting, read together with the caller's account; {@link deadlineOf} takes it out of the rows. */
export const joinDeadline = (): Join => settings.join({ where: { _id: DEADLINE_ID }, limit: 1 });

export const deadlineOf = ([row]: readonly Fields[]): string | undefined =>
  typeof row?.['deadlineOn'] === 'string' ? row['deadlineOn'] : undefined;
