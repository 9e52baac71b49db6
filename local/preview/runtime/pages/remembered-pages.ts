import type { PageRecord } from './page-record';

const pagesKeyOf = (phoneId: string): string => `preview:pages:${phoneId}`;
const requestKeyOf = (phoneId: string): string => `preview:same-pages:${phoneId}`;

/** Notes what is open, bottom first, in case the app is built again. */
export function rememberPages(phoneId: string, pages: readonly PageRecord[]): void {
  sessionStorage.setItem(pagesKeyOf(phoneId), JSON.stringify(pages.map(({ url }) => url)));
}

/** The next start is to open the same pages; other starts begin at the first one. */
export const requestSamePages = (phoneId: string): void =>
  sessionStorage.setItem(requestKeyOf(phoneId), 'yes');

/** Pages to open, bottom first; none for an ordinary start. */
export function restorePages(phoneId: string): string[] {
  const isRequested = sessionStorage.getItem(requestKeyOf(phoneId)) !== null;
  sessionStorage.removeItem(requestKeyOf(phoneId));
  const noted = sessionStorage.getItem(pagesKeyOf(phoneId));
  return isRequested && noted ? (JSON.parse(noted) as string[]) : [];
}
