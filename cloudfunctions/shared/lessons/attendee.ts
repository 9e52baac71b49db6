import type { PersonKey } from '../../../miniprogram/contract/ids';
import type { AttendeeInput } from '../../../miniprogram/contract/lessons';
import { hasBeenUsed } from '../domain/voucher';
import type { Attendee } from '../domain/attendance';
import { rosterEntryIdOf } from '../domain/issue';
import type { Lesson } from '../domain/lesson';
import { rosterEntries, type RosterEntry } from '../store/roster-entries';
import { vouchers } from '../store/vouchers';

type ClassOfLesson = Pick<Lesson, 'classId' | 'issueMode'>;

/** Somebody as a list names them, by the key of their ID number, or by a 券码 in its normal form. */
export type WantedAttendee = AttendeeInput | { personKey: PersonKey } | { voucherCode: string };

/**
 * Who may sign in to a class's lessons: of a 定向券 who stands on its roster, of a 通用券 who has used one at it.
 * @returns undefined for everybody else.
 */
export async function findAttendee(
  lesson: ClassOfLesson,
  wanted: WantedAttendee,
): Promise<Attendee | undefined> {
  return lesson.issueMode === 'general' ? findUser(lesson, wanted) : findOnRoster(lesson, wanted);
}

async function findOnRoster(
  { classId }: ClassOfLesson,
  wanted: WantedAttendee,
): Promise<Attendee | undefined> {
  const entryId =
    'entryId' in wanted
      ? wanted.entryId
      : await personKeyIn(wanted).then(key => key && rosterEntryIdOf({ classId }, key));
  const entry: RosterEntry | undefined = entryId && (await rosterEntries.find(entryId));
  if (entry?.ownerId !== classId) return undefined;
  return { personKey: entry.personKey, nameCipher: entry.nameCipher };
}

async function findUser({ classId }: ClassOfLesson, wanted: WantedAttendee): Promise<Attendee | undefined> {
  const personKey = await personKeyIn(wanted);
  const held = personKey && (await vouchers.readAll({ personKey, classId }));
  const used = held && held.find(hasBeenUsed);
  return used && { personKey: used.personKey, nameCipher: used.holderNameCipher };
}

async function personKeyIn(wanted: WantedAttendee): Promise<PersonKey | undefined> {
  if ('personKey' in wanted) return wanted.personKey;
  const named = await findNamed(wanted);
  return named?.personKey;
}

const findNamed = (
  wanted: Exclude<WantedAttendee, { personKey: PersonKey }>,
): Promise<{ personKey: PersonKey } | undefined> => {
  if ('entryId' in wanted) return rosterEntries.find(wanted.entryId);
  return 'voucherCode' in wanted
    ? vouchers.findWhere({ code: wanted.voucherCode })
    : vouchers.find(wanted.voucherId);
};
