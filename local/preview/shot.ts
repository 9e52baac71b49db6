import { launchBrowser, openContext } from './browser';

export interface ShotOptions {
  /** Address of the front. */
  url: string;
  /** Page with its query, `/pages/home/home?x=1`; the app's first page unless told. */
  page?: string;
  /** Id of a persona, or the phone whose first persona is taken. */
  persona?: string;
  phone?: string;
  fontScale?: number;
  widthPx?: number;
  /** How long a page may take to fill. */
  settleMs?: number;
  file: string;
}

/** What went wrong while a page was open, for its author. */
export interface ShotReport {
  messages: string[];
  frameworkWarnings: string[];
  /** Requests to other machines; none was sent. */
  blocked: string[];
}

const HEIGHT_PX = 812;
const WIDTH_PX = 375;
const SETTLE_MS = 1200;

/** Takes a picture of one page, as a persona sees it. @throws NoBrowserError */
export async function takeShot(options: ShotOptions): Promise<ShotReport> {
  const browser = await launchBrowser();
  try {
    const { context, blocked } = await openContext(browser, {
      viewport: { width: options.widthPx ?? WIDTH_PX, height: HEIGHT_PX },
      deviceScaleFactor: 2,
    });
    const page = await context.newPage();
    const messages: string[] = [];
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') messages.push(message.text());
    });
    page.on('pageerror', error => messages.push(String(error)));
    await page.goto(phoneUrl(options));
    await page.waitForTimeout(options.settleMs ?? SETTLE_MS);
    await page.screenshot({ path: options.file });
    const frameworkWarnings = (await page.evaluate(
      '[...new Set(globalThis.previewWarnings ?? [])]',
    )) as string[];
    return { messages, frameworkWarnings, blocked };
  } finally {
    await browser.close();
  }
}

/** The address of a phone alone. */
export function phoneUrl({
  url,
  page = '',
  persona,
  phone = 'worker',
  fontScale,
}: Omit<ShotOptions, 'file'>): string {
  const query = new URLSearchParams({
    phone,
    ...(persona && { persona }),
    ...(fontScale && { fontScale: String(fontScale) }),
  });
  return `${url}/phone.html?${query.toString()}#${page}`;
}
