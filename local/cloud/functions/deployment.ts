import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from './instance';
import { InstancePool } from './instance-pool';

export interface DeploymentOptions {
  /** Folder that holds index.js. */
  readonly dir: string;
  /** An instance of the bundle whose text is given. */
  readonly createInstance: (bundle: string) => Instance;
  readonly limits: { readonly instancesMax: number; readonly waitingMax: number };
  /** Called when a changed bundle runs from now on, or with why it does not load. */
  readonly onReloaded: (failure: string | undefined) => void;
}

interface Running {
  readonly text: string;
  readonly pool: InstancePool;
}

/**
 * One function as it runs. Its instances load the bundle as it was read once, so that a build under way disturbs none.
 * A bundle that has changed is tried by an instance of its own with the next call; it takes over when it loads, while the
 * calls under way end on the earlier one, which goes on when the new one does not load.
 */
export class Deployment {
  readonly #file: string;
  #running: Running | undefined;
  /** Tells one writing of the file from another. */
  #stamp: string | undefined;
  #reloading: Promise<void> | undefined;

  constructor(private readonly options: DeploymentOptions) {
    this.#file = join(options.dir, 'index.js');
  }

  /** Lends an instance to the task. Rejects with PoolFullError when too many calls are waiting. */
  async run<T>(task: (instance: Instance) => Promise<T>): Promise<T> {
    await this.#refresh();
    this.#running ??= this.#serve(readFileSync(this.#file, 'utf8'));
    return this.#running.pool.run(task);
  }

  /** Ends all idle instances: the next calls start cold. */
  async stopIdle(): Promise<void> {
    await this.#running?.pool.stopIdle();
  }

  async #refresh(): Promise<void> {
    const stamp = stampOf(this.#file);
    if (stamp !== this.#stamp && this.#running && stamp) {
      this.#reloading ??= this.#reload(this.#running).finally(() => (this.#reloading = undefined));
    }
    await this.#reloading;
    if (!this.#running) this.#stamp = stamp;
  }

  async #reload(earlier: Running): Promise<void> {
    const stamp = stampOf(this.#file);
    const text = readFileSync(this.#file, 'utf8');
    // Empty: just being written.
    if (text === '') return;
    this.#stamp = stamp;
    if (text === earlier.text) return;
    const instance = this.options.createInstance(text);
    const failure = await instance.load();
    this.options.onReloaded(failure);
    if (failure !== undefined) return instance.stop();
    this.#running = this.#serve(text, instance);
    await earlier.pool.retire();
  }

  #serve(text: string, first?: Instance): Running {
    const { createInstance, limits } = this.options;
    return { text, pool: new InstancePool(() => createInstance(text), limits, first) };
  }
}

/** Undefined when the file is not there: a build may be replacing it. */
function stampOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats && `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
