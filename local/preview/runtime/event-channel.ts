type Listener = (...args: unknown[]) => void;

/** WeChat's EventChannel between a page and the one that it opened. */
export class EventChannel {
  private readonly listeners = new Map<string, Set<Listener>>();

  on(name: string, listener: Listener): void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known.add(listener));
  }

  once(name: string, listener: Listener): void {
    const onceOnly: Listener = (...args) => {
      this.off(name, onceOnly);
      listener(...args);
    };
    this.on(name, onceOnly);
  }

  off(name: string, listener?: Listener): void {
    if (listener) this.listeners.get(name)?.delete(listener);
    else this.listeners.delete(name);
  }

  emit(name: string, ...args: unknown[]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(...args);
  }
}
