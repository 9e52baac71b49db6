import {
  buildPreview,
  describeProblem,
  type BuildOptions,
  type BuildReport,
  type Preview,
} from './build/build-preview';
import { watchPreview } from './build/watch';
import { LiveEvents } from './server/live-events';
import { previewRoutes, type PreviewOptions } from './server/preview-routes';
import type { Route } from '../cloud/http-exchange';

/** A preview that follows changes of the mini-program's files. */
export interface LivePreview {
  preview: Preview;
  /** To hang on the local cloud's front. */
  routes: Route[];
  close(): Promise<void>;
}

export type LivePreviewOptions = BuildOptions &
  Omit<PreviewOptions, 'preview' | 'events'> & {
    /** Builds again when files change, and loads the phones anew. */
    watch?: boolean;
    onBuilt?(report: BuildReport): void;
    onFailed?(message: string): void;
  };

/** Builds the preview and gives its addresses. @throws Error for a mini-program that cannot be built */
export async function openPreview(options: LivePreviewOptions): Promise<LivePreview> {
  const preview = await buildPreview(options);
  const events = new LiveEvents();
  const stopWatching = options.watch ? watch(preview, events, options) : () => undefined;
  return {
    preview,
    routes: previewRoutes({ ...options, preview, events }),
    close: async () => {
      stopWatching();
      events.close();
      await preview.dispose();
    },
  };
}

const watch = (
  preview: Preview,
  events: LiveEvents,
  { onBuilt, onFailed }: LivePreviewOptions,
): (() => void) =>
  watchPreview(preview, {
    onRebuilt: report => {
      onBuilt?.(report);
      const problems = report.problems.map(describeProblem);
      events.send({ kind: 'rebuilt', durationMs: report.durationMs, problems });
    },
    onFailed: message => {
      onFailed?.(message);
      events.send({ kind: 'failed', message });
    },
  });
