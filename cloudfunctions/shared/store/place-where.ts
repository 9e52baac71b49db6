import type { Reach } from '../domain/scope';
import { command } from './database';

const oneOf = (values: readonly string[]) => (values.length === 1 ? values[0] : command.in([...values]));

/** The conditions that keep a list within somebody's reach. */
export const placeWhere = ({ cityCodes, institutionIds }: Reach): Readonly<Record<string, unknown>> => ({
  ...(cityCodes && { cityCode: oneOf(cityCodes) }),
  ...(institutionIds && { institutionId: oneOf(institutionIds) }),
});
