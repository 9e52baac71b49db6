import { AdminError, type ActionHandlers } from '../database/admin-protocol';
import { PlatformError } from './platform-error';

/** `functions.invokeFunction`, by which one function calls another: passed on to the front, which runs functions. */
export function invokeHandlers(front: { url: string; adminToken: string }): ActionHandlers {
  return {
    'functions.invokeFunction': async ({ function_name: name, request_data: event }) => {
      if (typeof name !== 'string' || name === '')
        throw new AdminError('INVALID_PARAM', 'a function name is required');
      const response = await fetch(`${front.url}/internal/functions/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'x-local-admin': front.adminToken },
        body: typeof event === 'string' ? event : '',
      });
      const text = await response.text();
      if (!response.ok) throw toAdminError(text);
      return { data: { response_data: text } };
    },
  };
}

function toAdminError(text: string): AdminError {
  const { errCode, errMsg } = JSON.parse(text) as { errCode: number; errMsg: string };
  return new AdminError(PlatformError.tcbCodeOf(errCode), errMsg);
}
