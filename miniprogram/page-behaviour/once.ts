interface BusyPage {
  setData(data: { busy: boolean }): void;
}

const busyPages = new WeakSet<object>();

/**
 * Runs an action unless one of the same page is still running: a double tap does nothing. Sets `busy` in the page's data
 * meanwhile, for the main button.
 */
export async function once(page: BusyPage, action: () => Promise<void>): Promise<void> {
  if (busyPages.has(page)) return;
  busyPages.add(page);
  page.setData({ busy: true });
  try {
    await action();
  } finally {
    busyPages.delete(page);
    page.setData({ busy: false });
  }
}
