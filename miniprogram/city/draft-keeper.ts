import type { EntryApplicationView, EntryDraft } from '../contract/entry';
import type { PlainInputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { isDecided } from '../view/failure';

type SaveInput = PlainInputOf<'entry.saveApplication'>;
type Send = (input: SaveInput) => Promise<Answer<EntryApplicationView>>;

/** What is saved to: an application that is not there yet, or one in the revision that was read. */
type Place = { cityCode: SaveCity } | { applicationId: string; revision: number };
type SaveCity = EntryApplicationView['cityCode'];

/**
 * Keeps what is typed into a form of network entry on the server, one saving after the other. What was not saved stays
 * here and goes with the next one. A saving whose answer was lost is sent again as it was, before anything else, so that
 * nothing is begun twice.
 */
export class DraftKeeper {
  private unsaved: EntryDraft = {};
  private undecided: SaveInput | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly send: Send,
    private place: Place,
  ) {}

  change(draft: EntryDraft): void {
    this.unsaved = { ...this.unsaved, ...draft };
  }

  get hasUnsaved(): boolean {
    return this.undecided !== undefined || Object.keys(this.unsaved).length > 0;
  }

  /** Whether this field was typed into since the last saving. */
  holds(field: keyof EntryDraft): boolean {
    return field in this.unsaved;
  }

  get applicationId(): string {
    return 'applicationId' in this.place ? this.place.applicationId : '';
  }

  /** What was read anew is what is typed upon from now on. */
  follow({ id, revision }: EntryApplicationView): void {
    this.place = { applicationId: id, revision };
  }

  /** @returns the application as it was saved; undefined when there was nothing to save. */
  keep(): Promise<Answer<EntryApplicationView | undefined>> {
    const next = this.last.then(() => this.keepAll());
    this.last = next;
    return next;
  }

  private async keepAll(): Promise<Answer<EntryApplicationView | undefined>> {
    let saved: EntryApplicationView | undefined;
    while (this.hasUnsaved) {
      const answer = await this.keepOnce();
      if (!answer.ok) return answer;
      saved = answer.data;
    }
    return { ok: true, data: saved };
  }

  private async keepOnce(): Promise<Answer<EntryApplicationView>> {
    const isRepeated = this.undecided !== undefined;
    const draft = isRepeated ? {} : this.unsaved;
    const input = this.undecided ?? { ...draft, ...this.place };
    this.undecided = input;
    if (!isRepeated) this.unsaved = {};
    const answer = await this.send(input);
    if (answer.ok) this.follow(answer.data);
    if (answer.ok || isDecided(answer.error)) this.undecided = undefined;
    // Refused: it was not saved, but what was typed since then counts more.
    if (!answer.ok && this.undecided === undefined) this.unsaved = { ...draftOf(input), ...this.unsaved };
    return answer;
  }
}

function draftOf(input: SaveInput): EntryDraft {
  const {
    applicationId: _id,
    revision: _revision,
    cityCode: _city,
    ...draft
  } = input as EntryDraft & Partial<Record<'applicationId' | 'revision' | 'cityCode', unknown>>;
  return draft;
}
