import * as v from 'valibot';

import { CITY_CODES } from '../../miniprogram/contract/areas';
import type { SimulatedPeople } from './essc-simulator-people';

/** Answer of an admin route. */
export interface AdminAnswer {
  status: number;
  body: Record<string, string>;
}

const Person = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
  idNumber: v.pipe(v.string(), v.regex(/^\d{17}[\dX]$/)),
  phone: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{5,15}$/))),
  cityCode: v.exactOptional(v.picklist(CITY_CODES)),
  cardValid: v.exactOptional(v.boolean()),
});
const Authorisation = v.strictObject({ idNumber: v.pipe(v.string(), v.maxLength(50)) });

/** POST /persons adds or replaces a person; POST /authorise answers {authCode}. For the local consent page and tests. */
export function answerAdmin(path: string, input: unknown, people: SimulatedPeople): AdminAnswer {
  if (path === '/persons') return addPerson(input, people);
  if (path === '/authorise') return authorise(input, people);
  return { status: 404, body: { error: 'route_unknown' } };
}

function addPerson(input: unknown, people: SimulatedPeople): AdminAnswer {
  const person = v.safeParse(Person, input);
  if (!person.success) return { status: 400, body: { error: 'invalid_input' } };
  people.add(person.output);
  return { status: 200, body: {} };
}

function authorise(input: unknown, people: SimulatedPeople): AdminAnswer {
  const asked = v.safeParse(Authorisation, input);
  if (!asked.success) return { status: 400, body: { error: 'invalid_input' } };
  const authCode = people.authorise(asked.output.idNumber);
  return authCode === undefined
    ? { status: 404, body: { error: 'person_not_found' } }
    : { status: 200, body: { authCode } };
}
