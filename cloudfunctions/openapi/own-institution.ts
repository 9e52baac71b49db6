import { ok, type Result } from '../../miniprogram/contract/result';
import { checkActive } from '../shared/domain/admission';
import type { ApiClient } from '../shared/store/api-clients';
import { institutions } from '../shared/store/institutions';

/**
 * A system that acts for an institution in nobody's name may do so while that is active, as its administrators may. A system
 * of the city is bound by no institution. @returns institution_not_active.
 */
export async function checkOwnActive({ institutionId }: ApiClient): Promise<Result<undefined>> {
  return institutionId === undefined ? ok(undefined) : checkActive(await institutions.find(institutionId));
}
