import { fail, ok, type Result } from '../../miniprogram/contract/result';
import {
  checkEntryPerson,
  ENTRY_LIFE,
  rolesOfMove,
  type EntryApplication,
} from '../shared/domain/entry-application';
import type { CommandOf } from '../shared/domain/lifecycle';
import { roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import type { WritingCall } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { entryApplications } from '../shared/store/entry-applications';

type Command = CommandOf<typeof ENTRY_LIFE.moves>;
type Changes = Partial<Omit<EntryApplication, 'id' | 'version' | 'status' | 'history'>>;
type StepCall = Pick<WritingCall<unknown>, 'actor' | 'nowMs' | 'request'> & { reason?: string };
type Check = (application: EntryApplication, by: ActingPerson) => Result<Changes> | Promise<Result<Changes>>;

/**
 * In which role this person makes the move: one that the move admits.
 * @returns entry_not_found for a stranger's; role_not_allowed where another officer is to do it.
 */
export function actingIn(
  command: Command,
  document: EntryApplication | undefined,
  actor: Actor,
): Result<{ document: EntryApplication; by: ActingPerson }> {
  if (!document || !roleAt(actor, document)) return fail('entry_not_found');
  const admitted = rolesOfMove(command);
  const grants = actor.grants.filter(({ role }) => admitted.includes(role));
  const by = roleAt({ ...actor, grants }, document);
  return by ? ok({ document, by }) : fail('role_not_allowed');
}

/**
 * One step in the life of an application: checks whose it is and its state, that another person takes it than had to, then
 * whatever else the step needs.
 * @param check what must hold beside, and what the step writes; it reads after the application was read.
 */
export async function stepEntry(
  command: Command,
  call: StepCall,
  read: EntryApplication | undefined,
  check: Check = () => ok({}),
): Promise<Result<EntryApplication>> {
  const found = actingIn(command, read, call.actor);
  if (!found.ok) return found;
  const { by } = found.data;
  const { reason } = call;
  return takeStep(entryApplications, ENTRY_LIFE, {
    command,
    found: found.data,
    call,
    ...(reason !== undefined && { reason }),
    guard: application => {
      const apart = checkEntryPerson(application, command, by.personKey);
      return apart.ok ? check(application, by) : apart;
    },
  });
}
