import type { Instance } from './instance';

/** Thrown by {@link InstancePool.run} when too many calls are waiting already. */
export class PoolFullError extends Error {}

/**
 * The instances of one function: as many as are needed at once, up to a maximum; further calls wait in order. A waiting
 * call is promised a place, not an instance: when an instance dies, the next call starts a fresh one in its place.
 */
export class InstancePool {
  readonly #idle: Instance[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #isRetired = false;

  /** @param first one that is there already */
  constructor(
    private readonly create: () => Instance,
    private readonly limits: { readonly instancesMax: number; readonly waitingMax: number },
    first?: Instance,
  ) {
    if (first) this.#idle.push(first);
  }

  /** Lends an instance to the task until it settles. Rejects with {@link PoolFullError} at once when the queue is full. */
  async run<T>(task: (instance: Instance) => Promise<T>): Promise<T> {
    await this.#takePlace();
    let instance: Instance | undefined;
    try {
      instance = this.#takeIdle() ?? this.create();
      return await task(instance);
    } finally {
      if (instance?.isAlive) this.#putBack(instance);
      this.#givePlaceBack();
    }
  }

  /** Ends all instances that are not running a call, so that the next calls start cold. */
  async stopIdle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map(instance => instance.stop()));
  }

  /** Lets the calls that are running or waiting end, and each instance with its call. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    await this.stopIdle();
  }

  #putBack(instance: Instance): void {
    if (this.#isRetired && this.#waiting.length === 0) void instance.stop();
    else this.#idle.push(instance);
  }

  async #takePlace(): Promise<void> {
    if (this.#running < this.limits.instancesMax) {
      this.#running++;
      return;
    }
    if (this.#waiting.length >= this.limits.waitingMax) throw new PoolFullError();
    await new Promise<void>(resolve => this.#waiting.push(resolve));
  }

  #givePlaceBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }

  /** The warmest one; an instance may have died while idle. */
  #takeIdle(): Instance | undefined {
    let instance = this.#idle.pop();
    while (instance && !instance.isAlive) instance = this.#idle.pop();
    return instance;
  }
}
