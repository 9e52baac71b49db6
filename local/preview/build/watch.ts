import { watch, type FSWatcher } from 'node:fs';
import type { BuildReport, Preview } from './build-preview';

export interface WatchEvents {
  onRebuilt(report: BuildReport): void;
  /** The last good build stays in place. */
  onFailed(message: string): void;
}

/** Editors write a file in several steps; one build after the last of them is enough. */
const SETTLE_MS = 80;

/** Builds again whenever a file of the mini-program changes. @returns a function that stops it. */
export function watchPreview(preview: Preview, events: WatchEvents): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const build = (): void => {
    running = running
      .then(() => preview.rebuild())
      .then(events.onRebuilt, (error: unknown) => events.onFailed(messageOf(error)));
  };
  const watcher: FSWatcher = watch(preview.miniprogramRoot, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(build, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
