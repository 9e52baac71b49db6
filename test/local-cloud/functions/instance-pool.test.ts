import type { Instance } from '../../../local/cloud/functions/instance';
import { InstancePool, PoolFullError } from '../../../local/cloud/functions/instance-pool';

/** As much of an instance as the pool looks at. */
class FakeInstance {
  isAlive = true;
  async stop(): Promise<void> {
    this.isAlive = false;
  }
}

function setup(limits: { instancesMax: number; waitingMax: number }): {
  pool: InstancePool;
  created: FakeInstance[];
} {
  const created: FakeInstance[] = [];
  const create = (): Instance => {
    const instance = new FakeInstance();
    created.push(instance);
    return instance as unknown as Instance;
  };
  return { pool: new InstancePool(create, limits), created };
}

const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 1));

describe('the pool', () => {
  it('reuses a warm instance before it starts another', async () => {
    const { pool, created } = setup({ instancesMax: 4, waitingMax: 10 });

    for (let call = 0; call < 5; call++) await pool.run(pause);

    expect(created).toHaveLength(1);
  });

  it('lets calls beyond its instances wait, and refuses those beyond its queue at once', async () => {
    const { pool, created } = setup({ instancesMax: 2, waitingMax: 3 });

    const calls = await Promise.allSettled(Array.from({ length: 7 }, () => pool.run(pause)));

    expect(created).toHaveLength(2);
    expect(calls.map(({ status }) => status)).toEqual([
      ...Array<string>(5).fill('fulfilled'),
      'rejected',
      'rejected',
    ]);
    expect(calls[6]).toMatchObject({ reason: expect.any(PoolFullError) });
  });

  it('replaces an instance that died, in a call or idle', async () => {
    const { pool, created } = setup({ instancesMax: 1, waitingMax: 3 });

    await pool.run(instance => instance.stop());
    await pool.run(pause);
    await created[1]?.stop();
    await pool.run(pause);

    expect(created).toHaveLength(3);
  });

  it('loses no place when an instance cannot be started or a call fails', async () => {
    let attempts = 0;
    const create = (): Instance => {
      if (++attempts === 1) throw new Error('cannot start');
      return new FakeInstance() as unknown as Instance;
    };
    const pool = new InstancePool(create, { instancesMax: 1, waitingMax: 0 });

    await expect(pool.run(pause)).rejects.toThrow('cannot start');
    await expect(pool.run(() => Promise.reject(new Error('fails')))).rejects.toThrow('fails');

    await expect(pool.run(async () => 'served')).resolves.toBe('served');
  });
});
