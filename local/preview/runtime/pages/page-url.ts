export interface PageUrl {
  /** Path without leading slash, as in app.json. */
  id: string;
  query: Record<string, string>;
  /** With leading slash and query. */
  url: string;
}

/** Reads a page's address; values stay encoded, as WeChat hands them over. @param fromId page that a relative path starts from */
export function parsePageUrl(url: string, fromId = ''): PageUrl {
  const [path = '', queryText = ''] = splitOnce(url, '?');
  const id = new URL(path, `http://page/${fromId}`).pathname.slice(1);
  const query = Object.fromEntries(
    queryText
      .split('&')
      .filter(Boolean)
      .map(pair => splitOnce(pair, '=')),
  );
  return { id, query, url: `/${id}${queryText && `?${queryText}`}` };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
