import type { Plain } from '../../miniprogram/contract/brand';
import type { Grant } from '../../miniprogram/contract/roles';
import type { Actor } from '../../cloudfunctions/shared/domain/scope';
import { branded } from '../support/branded';

/** Somebody with these grants, named after the first role unless told otherwise. */
export const anActor = (
  grants: readonly Plain<Grant>[],
  personKey: string = grants[0]?.role ?? 'worker',
): Actor => branded({ openid: 'openid', personKey, nameCipher: '', grants: [...grants] });

export const administratorOf = (institutionId: string): Plain<Grant> => ({
  role: 'administrator',
  cityCode: '3701',
  institutionId,
});
