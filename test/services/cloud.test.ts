import type * as Cloud from '../../miniprogram/services/cloud';
import { answer, breakDown, installFakeWx, refuse, type FakeWx } from './fake-wx';

let fake: FakeWx;
let caller: typeof Cloud.caller;
let onFailure: typeof Cloud.onFailure;

const claim = { voucherId: 'voucher-1', channelNumber: '3701000001' };
const requestIds = (): (string | undefined)[] => fake.calls.map(({ data }) => data.requestId);
const keptRequests = (): string[] => [...fake.storage.keys()].filter(key => key.startsWith('request:'));

beforeEach(async () => {
  jest.resetModules();
  jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
  fake = installFakeWx();
  ({ caller, onFailure } = await import('../../miniprogram/services/cloud'));
});

afterEach(() => {
  jest.useRealTimers();
});

/** Lets the back-off pass. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  await jest.advanceTimersByTimeAsync(120_000);
  return promise;
}

test('a reading operation carries no request id and gives its data', async () => {
  fake.answers = [answer({ items: [] })];

  const result = await caller('voucher.listMine')({});

  expect(result).toEqual({ ok: true, data: { items: [] } });
  expect(fake.calls).toEqual([{ name: 'voucher', data: { operation: 'voucher.listMine', input: {} } }]);
});

test('a writing operation has its id in storage before it is sent, and not after its answer', async () => {
  let keptWhileSent: string[] = [];
  fake.answers = [
    () => {
      keptWhileSent = keptRequests();
      return answer({ status: 'claimed' })();
    },
  ];

  await caller('voucher.claim')(claim);

  expect(keptWhileSent).toHaveLength(1);
  expect(requestIds()[0]).toMatch(/^[0-9A-Za-z_-]{8,64}$/);
  expect(keptRequests()).toEqual([]);
});

test('a lost answer is asked for again under the same id', async () => {
  fake.answers = [breakDown({ errCode: -504003, errMsg: 'timed out' }), answer({ status: 'claimed' })];

  const result = await settle(caller('voucher.claim')(claim));

  expect(result.ok).toBe(true);
  expect(new Set(requestIds()).size).toBe(1);
  expect(fake.calls).toHaveLength(2);
});

test('after three tries the failure is told, and trying again later, even in a new run, keeps the id', async () => {
  fake.answers = [breakDown({ errMsg: 'request:fail timeout' })];
  const failed = await settle(caller('voucher.claim')(claim));
  jest.resetModules();
  const restarted = await import('../../miniprogram/services/cloud');
  fake.answers = [answer({ status: 'claimed' })];

  const result = await restarted.caller('voucher.claim')({ ...claim });

  expect(failed).toEqual({ ok: false, error: { code: 'answer_lost' } });
  expect(result.ok).toBe(true);
  expect(fake.calls).toHaveLength(4);
  expect(new Set(requestIds()).size).toBe(1);
  expect(keptRequests()).toEqual([]);
});

test('the order of an input’s fields makes no other request', async () => {
  fake.answers = [breakDown({ errCode: -504003 })];
  await settle(caller('voucher.claim')(claim));
  await settle(caller('voucher.claim')({ channelNumber: '3701000001', voucherId: 'voucher-1' }));

  expect(new Set(requestIds()).size).toBe(1);
});

test('a refusal is definite: the same words sent again are a new request', async () => {
  fake.answers = [refuse('claim_deadline_passed', { claimUntilMs: 1 })];

  const first = await caller('voucher.claim')(claim);
  await caller('voucher.claim')(claim);

  expect(first).toEqual({ ok: false, error: { code: 'claim_deadline_passed', data: { claimUntilMs: 1 } } });
  expect(new Set(requestIds()).size).toBe(2);
});

test('a busy service is asked again by itself, a refusal is not', async () => {
  fake.answers = [refuse('service_busy'), refuse('write_conflict'), refuse('voucher_expired')];

  const result = await settle(caller('voucher.claim')(claim));

  expect(result).toMatchObject({ error: { code: 'voucher_expired' } });
  expect(fake.calls).toHaveLength(3);
});

test('two taps share one request', async () => {
  fake.answers = [answer({ status: 'claimed' })];

  const [one, other] = await Promise.all([caller('voucher.claim')(claim), caller('voucher.claim')(claim)]);

  expect(fake.calls).toHaveLength(1);
  expect(one).toBe(other);
});

test('what is stored of a request tells nothing about its input', async () => {
  fake.answers = [breakDown({ errCode: -504003 })];
  const person = { institutionId: 'i-1', name: '张三丰', idNumber: '11010519491231002X' };

  await settle(caller('training.addAdministrator')(person));

  expect(JSON.stringify([...fake.storage])).not.toMatch(/张三丰|11010519491231002X/);
});

test('without a network the phone says so, and does not hammer it', async () => {
  fake = installFakeWx({ getNetworkType: async () => ({ networkType: 'none' }) });
  fake.answers = [breakDown({ errCode: -1, errMsg: 'request:fail' })];

  const result = await settle(caller('voucher.listMine')({}));

  expect(result).toEqual({ ok: false, error: { code: 'offline' } });
  expect(fake.calls).toHaveLength(1);
});

test('a function that is not there is not asked three times', async () => {
  fake.answers = [breakDown({ errCode: -501000, errMsg: 'FunctionName parameter could not be found' })];

  expect(await settle(caller('voucher.listMine')({}))).toMatchObject({
    error: { code: 'service_missing' },
  });
  expect(fake.calls).toHaveLength(1);
});

test('a call that never answers ends, as a lost answer', async () => {
  fake.answers = [() => new Promise(() => undefined)];

  expect(await settle(caller('voucher.listMine')({}))).toMatchObject({
    error: { code: 'answer_lost' },
  });
});

test('an answer of another shape is no answer', async () => {
  fake.answers = [() => ({ result: 'hello' })];

  expect(await settle(caller('voucher.listMine')({}))).toMatchObject({
    error: { code: 'service_unreachable' },
  });
});

test('a phone whose storage is full can still claim', async () => {
  fake = installFakeWx({
    setStorageSync: () => {
      throw new Error('exceed storage max size');
    },
  });
  fake.answers = [breakDown({ errCode: -504003 }), answer({ status: 'claimed' })];

  expect((await settle(caller('voucher.claim')(claim))).ok).toBe(true);
  expect(new Set(requestIds()).size).toBe(1);
});

test('failures are read in one place, which says what the page is told', async () => {
  const heard: string[] = [];
  onFailure(({ code }) => {
    heard.push(code);
    return { code: 'sign_in_ended' };
  });
  fake.answers = [refuse('sign_in_required')];

  const told = await caller('voucher.listMine')({});

  expect(heard).toEqual(['sign_in_required']);
  expect(told).toEqual({ ok: false, error: { code: 'sign_in_ended' } });
});

test('after another sign-in the same request goes on under its id: an earlier try may have been carried out', async () => {
  fake.answers = [breakDown({ errCode: -504003 })];
  await settle(caller('voucher.claim')(claim));
  fake.answers = [refuse('sign_in_required')];
  await settle(caller('voucher.claim')(claim));
  fake.answers = [answer({ status: 'claimed' })];

  expect((await settle(caller('voucher.claim')(claim))).ok).toBe(true);
  expect(new Set(requestIds()).size).toBe(1);
});
