import type { Page } from '../../../miniprogram/contract/paging';

/** The same page with each item as its view. */
export const mapPage = <T, View>({ items, ...page }: Page<T>, toView: (item: T) => View): Page<View> => ({
  ...page,
  items: items.map(toView),
});
