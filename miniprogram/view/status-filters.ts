export interface StatusFilter<Status extends string> {
  /** '' stands for every one of them. */
  id: Status | '';
  text: string;
}

/** Choices of a list's filter: everything, then states in the order of what is looked for first, by their one name. */
export const statusFilters = <Status extends string>(
  names: Readonly<Record<Status, string>>,
  order: readonly Status[],
): StatusFilter<Status>[] => [
  { id: '', text: '全部' },
  ...order.map(status => ({ id: status, text: names[status] })),
];
