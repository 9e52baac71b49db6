import type { Exchange, Route } from '../../cloud/http-exchange';
import { sendJson } from '../../cloud/http-exchange';

const LOCAL_NAMES = ['127.0.0.1', 'localhost'];

const isLocal = (address: string): boolean =>
  URL.canParse(address) && LOCAL_NAMES.includes(new URL(address).hostname);

/** Turns away foreign sites that a browser on this machine has open: they must not sign people in or move the clock. */
export const localOnly = (route: Route): Route => ({
  ...route,
  handle: exchange => {
    if (comesFromHere(exchange)) return route.handle(exchange);
    return sendJson(exchange.response, 403, { error: 'only for this machine' });
  },
});

function comesFromHere({ request }: Exchange): boolean {
  const { host = '', origin } = request.headers;
  return isLocal(`http://${host}`) && (origin === undefined || isLocal(origin));
}
