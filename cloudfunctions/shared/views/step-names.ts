import type { PersonKey } from '../../../miniprogram/contract/ids';
import type { StepActor } from '../domain/actor';
import { people, type Person } from '../store/people';
import { maskedName } from './voucher-view';

/** Masked names of people, as far as they are known. */
export type Names = ReadonlyMap<PersonKey, string>;

export const NO_NAMES: Names = new Map();

export const toNames = (known: readonly Person[]): Names =>
  new Map(known.map(({ id, nameCipher }) => [id, maskedName(nameCipher)]));

/** The names of those who took these steps, in one read. */
export async function namesOf(...lists: (readonly { by: StepActor }[] | undefined)[]): Promise<Names> {
  const keys = lists.flatMap(steps => (steps ?? []).flatMap(({ by }) => by.personKey ?? []));
  return toNames(await people.findMany([...new Set(keys)]));
}

/** Who took a step, as the screen names them. */
export function byName({ by }: { by: StepActor }, names: Names): { byName?: string } {
  const name = by.personKey && names.get(by.personKey);
  return name === undefined ? {} : { byName: name };
}
