import type { PersonKey } from '../../miniprogram/contract/ids';
import { idPrefixAt } from '../shared/runtime/new-id';
import { randomText } from '../shared/runtime/random';
import type { OpenInterface } from '../../miniprogram/contract/open-interfaces';
import { apiLookUps, type ApiLookUp } from '../shared/store/api-look-ups';
import type { OpenCall } from './open-interface';

const RANDOM_CHARACTERS = 10;

/** Writes down that a system has asked after a person, before it gets an answer. */
export async function recordLookUp(
  { client, nowMs }: Pick<OpenCall<unknown>, 'client' | 'nowMs'>,
  name: OpenInterface,
  facts: Pick<ApiLookUp, 'outcome' | 'unmasked'> & { personKey: PersonKey },
): Promise<void> {
  await apiLookUps.insert({
    id: idPrefixAt(nowMs) + randomText(RANDOM_CHARACTERS),
    version: 1,
    clientId: client.id,
    cityCode: client.cityCode,
    interface: name,
    atMs: nowMs,
    ...facts,
  });
}
