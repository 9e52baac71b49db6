import type { ApiClientId } from '../../../miniprogram/contract/ids';
import type { StepActor } from '../domain/actor';
import type { ApiClient } from '../store/api-clients';

/** What a client is made of. */
interface NewApiClient extends Pick<ApiClient, 'name' | 'kind' | 'cityCode' | 'institutionId' | 'scopes'> {
  id: ApiClientId;
  by: StepActor;
  nowMs: number;
  requestId: string;
}

/** A client that cannot call anything yet: an officer makes its first secret, and is the only one who sees it. */
export const newApiClient = ({ by, nowMs, requestId, ...facts }: NewApiClient): ApiClient => ({
  ...facts,
  version: 1,
  secrets: [],
  history: [{ command: 'create', atMs: nowMs, by, requestId }],
});
