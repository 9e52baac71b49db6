export interface PhoneUrlOptions {
  /** Address of the front. */
  url: string;
  /** Page with its query, `/pages/home/home?x=1`; the app's first page unless told. */
  page?: string;
  /** Id of a persona, or the phone whose first persona is taken. */
  persona?: string;
  phone?: string;
  fontScale?: number;
}

/** The address of a phone alone. */
export function phoneUrl({ url, page = '', persona, phone = 'worker', fontScale }: PhoneUrlOptions): string {
  const query = new URLSearchParams({
    phone,
    ...(persona && { persona }),
    ...(fontScale && { fontScale: String(fontScale) }),
  });
  return `${url}/phone.html?${query.toString()}#${page}`;
}
