/** What WeChat itself keeps for a person on a phone, apart from the app's storage. */
const keyOf = (owner: string, name: string): string => `wechat:${owner}:${name}`;

export const getStored = (owner: string, name: string): string | null =>
  localStorage.getItem(keyOf(owner, name));

export const setStored = (owner: string, name: string, value: string): void =>
  localStorage.setItem(keyOf(owner, name), value);
