import type { Grant } from '../../contract/roles';
import { session } from '../../services/session';

/** What the signed-in person may act as. The functions judge again; this only decides what is offered. */
export const currentGrants = (): readonly Grant[] => session.value.account?.grants ?? [];
