import { ACTION_TEXTS } from '../../../miniprogram/view/failure';
import { readFile } from 'node:fs/promises';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { personas, type Persona } from '../../../local/demo/cast';
import type { PhoneId } from '../../../local/preview/shared/preview-api';
import { isOfTdesign } from '../../../local/preview/tdesign-warnings';
import { readQrFrom } from './screenshot-code';

/** Phones as the viewfinder calls them. */
export type PhoneTitle = '劳动者' | '培训机构' | '市人社';

/** A file as it lies in a chat. */
export interface ChatFile {
  name: string;
  bytes: Uint8Array;
}

/** The made-up person of the demo with this title. */
export function personaOf(title: string): Persona {
  const found = personas().find(persona => persona.title === title);
  if (!found) throw new Error(`nobody in the demo is ${title}`);
  return found;
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Names of controls begin with what stands on them; what follows a comma only explains. */
const named = (name: string | RegExp): RegExp =>
  typeof name === 'string' ? new RegExp(`^${escapePattern(name)}(，|$)`) : name;

/** One of the phones, used as its owner would: what is on the screen is found by role, label and text. */
export class Phone {
  private readonly warnings = new Set<string>();

  constructor(
    private readonly page: Page,
    readonly id: PhoneId,
  ) {}

  get card(): Locator {
    return this.page.getByTestId(`phone-${this.id}`);
  }

  get screen(): FrameLocator {
    return this.card.frameLocator('iframe');
  }

  /** The app has come up; one that was left before may still be seen for a moment. */
  async whenStarted(): Promise<void> {
    const app = this.screen.locator('html:not([data-left])');
    await this.visible(app.getByRole('tab', { name: '我的', exact: true })).waitFor();
  }

  /** Hands the phone to another person; the app starts anew. */
  async be(title: string): Promise<void> {
    await this.leaveApp();
    await this.card.getByLabel('使用者').selectOption(personaOf(title).id);
    await this.whenStarted();
  }

  async openFromAccount(channelNumber: string): Promise<void> {
    await this.leaveApp();
    await this.card.getByLabel('从公众号打开').selectOption(channelNumber);
    await this.whenStarted();
  }

  async setOffline(isOffline: boolean): Promise<void> {
    await this.card.getByLabel('断网').setChecked(isOffline);
  }

  /** The next call will be carried out, but its answer gets lost. */
  async loseNextAnswer(): Promise<void> {
    await this.card.getByLabel('丢下一次应答').check();
  }

  /** The switch goes back by itself once an answer was lost. */
  async hasLostAnswer(): Promise<boolean> {
    return !(await this.card.getByLabel('丢下一次应答').isChecked());
  }

  async openTab(name: string): Promise<void> {
    await this.visible(this.screen.getByRole('tab', { name, exact: true })).click();
  }

  async tap(name: string | RegExp): Promise<void> {
    await this.button(name).click();
  }

  async tick(name: string | RegExp): Promise<void> {
    await this.visible(this.screen.getByRole('checkbox').filter({ hasText: name })).click();
  }

  /** A button of the sheet or dialog that is open. */
  async confirm(name: string | RegExp): Promise<void> {
    const dialog = this.visible(this.screen.getByRole('dialog'));
    await this.visible(dialog.getByRole('button', { name: named(name) })).click();
  }

  /** The arrow of the bar on top. */
  async goBack(): Promise<void> {
    await this.visible(this.screen.getByRole('button', { name: '返回', exact: true })).click();
  }

  async type(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
  }

  readField(label: string): Promise<string> {
    return this.field(label).inputValue();
  }

  async choose(label: string, entry: string): Promise<void> {
    await this.tap(label);
    await this.pickEntries([entry]);
  }

  /** @param day such as 2026-12-01 */
  async chooseDay(label: string, day: string): Promise<void> {
    const [year, month, date] = day.split('-').map(Number);
    await this.tap(label);
    await this.pickEntries([`${year}年`, `${month}月`, `${date}日`]);
  }

  async pickFile(picker: string, { name, bytes }: ChatFile): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.tap(picker);
    // Each person is asked once.
    const asked = this.visible(this.screen.getByRole('dialog', { name: '使用前请阅读' }));
    await Promise.race([choosing, asked.waitFor().then(() => this.confirm('同意'))]);
    const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
    await (await choosing).setFiles(file);
  }

  /** The document that opens on a tap; here it is saved. @returns its bytes and the name it is saved under */
  async openDocument(button: string): Promise<ChatFile> {
    const saving = this.page.waitForEvent('download');
    await this.tap(button);
    const download = await saving;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  /** Signs in by the simulated e-SSC, from a button that offers it. */
  async signIn(): Promise<void> {
    await this.tap(ACTION_TEXTS.sign_in);
    await this.confirm('同意并登录');
    await this.confirm('同意授权');
  }

  /** Holds the camera over another phone. */
  async scanScreenOf(title: PhoneTitle, button = '扫一扫'): Promise<void> {
    await this.tap(button);
    await this.confirm(new RegExp(`^对准${title}的手机`));
  }

  /** The camera reads this text, wherever it comes from. */
  async scanText(text: string, button = '扫一扫'): Promise<void> {
    await this.frame().evaluate(`previewHooks.nextScan = ${JSON.stringify(text)}`);
    await this.tap(button);
  }

  async sees(text: string | RegExp, { withinMs }: { withinMs?: number } = {}): Promise<void> {
    const found = this.visible(this.screen.getByText(text));
    await found.waitFor(withinMs === undefined ? {} : { timeout: withinMs });
  }

  /** Waits until it can be read no more. */
  async leaves(text: string | RegExp): Promise<void> {
    await this.visible(this.screen.getByText(text)).waitFor({ state: 'hidden' });
  }

  shows(text: string | RegExp): Promise<boolean> {
    return this.visible(this.screen.getByText(text)).isVisible();
  }

  /** All that can be read on the screen now. */
  readScreen(): Promise<string> {
    return this.screen.locator('body').innerText();
  }

  /** Decodes the code in a picture of the screen, as any other phone would. */
  readQr(): Promise<string | undefined> {
    return readQrFrom(this.page, this.card.locator('iframe'));
  }

  /** What the component framework has complained about since the phones were opened, but for parts of TDesign. */
  async listWarnings(): Promise<string[]> {
    await this.keepWarnings();
    return [...this.warnings].filter(warning => !isOfTdesign(warning));
  }

  private button(name: string | RegExp): Locator {
    return this.visible(this.screen.getByRole('button', { name: named(name) }));
  }

  private field(label: string): Locator {
    return this.visible(this.screen.getByLabel(label, { exact: true }));
  }

  /** Pages below the one in front stay in the document, unseen. */
  private visible(found: Locator): Locator {
    return found.filter({ visible: true }).first();
  }

  private async pickEntries(entries: readonly string[]): Promise<void> {
    const columns = this.screen.getByRole('dialog').getByRole('listbox');
    for (const [at, entry] of entries.entries()) {
      await columns.nth(at).getByRole('option', { name: entry, exact: true }).click();
    }
    await this.confirm('确定');
  }

  private frame(): Frame {
    const found = this.page.frames().find(frame => frame.url().includes(`phone=${this.id}`));
    if (!found) throw new Error(`the phone ${this.id} is off`);
    return found;
  }

  private async leaveApp(): Promise<void> {
    await this.keepWarnings();
    await this.frame().evaluate("document.documentElement.dataset.left = 'yes'");
  }

  private async keepWarnings(): Promise<void> {
    const warnings = await this.frame().evaluate<string[]>('globalThis.previewWarnings ?? []');
    for (const warning of warnings) this.warnings.add(warning);
  }
}
