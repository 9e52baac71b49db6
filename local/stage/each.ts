/** Runs `work` for every item, at most `concurrency` at a time, in order of their start. */
export async function eachOf<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item, position: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const runner = async () => {
    while (next < items.length) {
      const position = next++;
      await work(items[position] as Item, position);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, runner));
}
