import { randomBytes } from 'node:crypto';
import {
  createMinistryGateway,
  parseMinistryConfig,
  type PlatformMessage,
} from '../../cloudfunctions/shared/gateways/ministry-gateway';
import { simulatorKeys, type SimulatorKeys } from '../../local/upstream/essc-gateway-simulator';
import {
  ministryConfigFor,
  startMinistrySimulator,
  type MinistryFault,
  type MinistrySimulator,
} from '../../local/upstream/ministry-simulator';

const NOW_MS = Date.UTC(2026, 10, 24, 2);
const ORDER: PlatformMessage = {
  messageId: 'class-person:0',
  command: 'order',
  status: 'issued',
  facts: { voucherId: 'class-person', cityCode: '3701', personName: '张三', idNumber: '11010519491231002X' },
};

let keys: SimulatorKeys;
let simulator: MinistrySimulator;
beforeEach(async () => {
  keys = simulatorKeys();
  simulator = await startMinistrySimulator({ port: 0, keys, nowMs: () => NOW_MS, slowMs: 3_000 });
});
afterEach(() => simulator.close());

const gatewayWith = (given: SimulatorKeys = keys, timeoutMs = 500) =>
  createMinistryGateway(parseMinistryConfig(ministryConfigFor(simulator.url, given, timeoutMs)), {
    nowMs: () => NOW_MS,
    randomHex: bytes => randomBytes(bytes).toString('hex'),
    fetch,
    deadlineMs: () => NOW_MS + 20_000,
  });
const failed = (reason: string) => ({ kind: 'failed', reason });

/** A voucher that the platform has made, with what its messages say. */
async function aMade(): Promise<
  (command: 'claim' | 'void', status: 'claimed' | 'voided') => PlatformMessage
> {
  const made = await gatewayWith().send(ORDER);
  const code = made.kind === 'accepted' ? (made.code ?? '') : '';
  return (command, status) => ({
    messageId: `class-person:${command}`,
    command,
    status,
    facts: { voucherId: 'class-person', code },
  });
}

test('a voucher is made once, with one code, however often it is asked for', async () => {
  const first = await gatewayWith().send(ORDER);

  expect(first).toEqual({ kind: 'accepted', code: expect.stringMatching(/^3701\d{14}[\dX]$/) as unknown });
  expect(await gatewayWith().send(ORDER)).toEqual(first);
  expect(simulator.vouchers().size).toBe(1);
  expect(simulator.deliveries().get(ORDER.messageId)).toBe(2);
});

test('its steps are taken in their order and no other', async () => {
  const step = await aMade();

  expect(await gatewayWith().send(step('claim', 'claimed'))).toEqual({ kind: 'accepted' });
  expect(await gatewayWith().send({ ...step('claim', 'claimed'), messageId: 'again' })).toEqual({
    kind: 'refused',
    reason: 'state_differs',
    platformCode: '1002',
  });
  const strange = { ...step('void', 'voided'), facts: { voucherId: 'nobody', code: 'X' } };
  expect(await gatewayWith().send(strange)).toMatchObject({ kind: 'refused', reason: 'voucher_unknown' });
});

test.each<[MinistryFault, string, boolean]>([
  ['lost', 'no_answer', true],
  ['dropped', 'no_answer', true],
  ['slow', 'no_answer', true],
  ['wrong_signature', 'answer_not_genuine', true],
  ['status5xx', 'platform_busy', false],
  ['stale', 'answer_not_genuine', false],
])('%s: the gateway says %s', async (fault, reason, isDone) => {
  simulator.spoilNext(fault);

  expect(await gatewayWith().send(ORDER)).toEqual(failed(reason));
  expect(simulator.vouchers().has('class-person')).toBe(isDone);
});

test('a message that is carried out twice makes one voucher', async () => {
  simulator.spoilNext('twice');

  expect(await gatewayWith().send(ORDER)).toMatchObject({ kind: 'accepted' });
  expect(simulator.vouchers().size).toBe(1);
});

test('nobody speaks to it without its keys, or reads its answers', async () => {
  expect(await gatewayWith({ ...simulatorKeys(), accessKey: keys.accessKey }).send(ORDER)).toEqual(
    failed('answer_unusable'),
  );
  expect(simulator.deliveries().size).toBe(0);
  const { envelopeMacKeyHex } = simulatorKeys();
  expect(await gatewayWith({ ...keys, envelopeMacKeyHex }).send(ORDER)).toEqual(failed('answer_unusable'));
});

test('a refusal of a kind that the table does not know keeps its number', async () => {
  const step = await aMade();
  simulator.refuseNext('claim', '7777');

  expect(await gatewayWith().send(step('claim', 'claimed'))).toEqual({
    kind: 'refused',
    reason: 'other',
    platformCode: '7777',
  });
});

test('an answer that names another state is no answer', async () => {
  const step = await aMade();
  await gatewayWith().send(step('claim', 'claimed'));

  expect(await gatewayWith().send({ ...step('claim', 'claimed'), status: 'issued' })).toEqual(
    failed('answer_contradictory'),
  );
});

test('a configuration that lacks something is refused by name, and by no value', () => {
  expect(() => parseMinistryConfig('{"url":"https://example.org","accessKey":"secret-value"}')).toThrow(
    /^ministry gateway configuration: keys: missing$/,
  );
  expect(() => parseMinistryConfig('')).toThrow('ministry gateway configuration: not valid JSON');
});
