const loading = new WeakSet<object>();

/**
 * Loads a component of a page unless it is loading already: one that is there when its page opens is told twice, that it
 * is attached and that its page is shown; one that appears later only the former.
 */
export async function loadWhenShown(component: object, load: () => Promise<void>): Promise<void> {
  if (loading.has(component)) return;
  loading.add(component);
  try {
    await load();
  } finally {
    loading.delete(component);
  }
}
