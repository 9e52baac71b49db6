type Listener<T> = (event: T) => void;

/** Listeners that an app may add and remove: the pair `wx.onX` and `wx.offX`. */
export class Listeners<T> {
  private readonly all = new Set<Listener<T>>();

  readonly on = (listener: Listener<T>): void => void this.all.add(listener);

  readonly off = (listener?: Listener<T>): void => {
    if (listener) this.all.delete(listener);
    else this.all.clear();
  };

  get size(): number {
    return this.all.size;
  }

  emit(event: T): void {
    for (const listener of [...this.all]) listener(event);
  }
}
