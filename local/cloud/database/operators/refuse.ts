/** What the database answers to a query, an expression or a stage that it does not accept. */
import { databaseErrors } from '../errors';

export const refuse = databaseErrors.operationFailed;

/** For what MongoDB has and this database does not: the message names the feature. */
export const notSupported = (feature: string) => refuse(`${feature} is not supported by the local database`);
