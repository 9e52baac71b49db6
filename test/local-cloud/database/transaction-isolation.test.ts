/** Random transactions move money between accounts: every snapshot adds up, and no update is lost. */
import { Engine } from '../../../local/cloud/database/engine';
import type { Transaction } from '../../../local/cloud/database/transactions';
import { createRandom, createTemporaryDirectory, type TemporaryDirectory } from './local-database';

const ACCOUNTS = 12;
const TOTAL = ACCOUNTS * 100;
const STEPS = 4_000;
const OPEN_MAX = 6;

interface Account {
  readonly _id: string;
  readonly balance: number;
}

interface Transfer {
  readonly transaction: Transaction;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  step: number;
  balances: number[];
}

let directory: TemporaryDirectory;
let engine: Engine;
beforeAll(() => {
  directory = createTemporaryDirectory();
  engine = new Engine({ file: `${directory.path}/database.db` });
});
afterAll(async () => {
  await engine.close();
  directory.remove();
});

const accounts = async (transaction?: Transaction) =>
  (await engine.find('accounts', { query: {} }, transaction)).map(text => JSON.parse(text) as Account);
const total = async (transaction?: Transaction) =>
  (await accounts(transaction)).reduce((sum, { balance }) => sum + balance, 0);
const balanceOf = async (id: string, transaction: Transaction) => {
  const [text = ''] = await engine.find('accounts', { query: { _id: id }, limit: 1 }, transaction);
  return (JSON.parse(text) as Account).balance;
};
const setBalance = (id: string, balance: number, transaction: Transaction) =>
  engine.modify('accounts', { _id: id }, { $set: { balance } }, { multi: false, transaction });

/** One operation per step, so that those of several transfers interleave. */
async function advance(transfer: Transfer): Promise<void> {
  const { transaction, from, to, amount, balances } = transfer;
  const [fromBalance = 0, toBalance = 0] = balances;
  const steps = [
    async () => void balances.push(await balanceOf(from, transaction)),
    async () => void balances.push(await balanceOf(to, transaction)),
    () => setBalance(from, fromBalance - amount, transaction),
    () => setBalance(to, toBalance + amount, transaction),
    async () => expect(await total(transaction)).toBe(TOTAL),
    async () => engine.transactions.commit(transaction),
  ];
  await steps[transfer.step++]?.();
}

test('every snapshot adds up, no update is lost, no lock is left', async () => {
  engine.applyCollections([
    { name: 'accounts', indexes: [{ name: 'code', keys: [['code', 1]], unique: true }] },
  ]);
  await engine.insert(
    'accounts',
    Array.from({ length: ACCOUNTS }, (_, i) => ({ _id: `a${i}`, code: i, balance: 100 })),
  );
  const random = createRandom(7);
  const open: Transfer[] = [];
  const close = (transfer: Transfer) => open.splice(open.indexOf(transfer), 1);
  let commits = 0;
  let conflicts = 0;

  for (let i = 0; i < STEPS; i++) {
    if (open.length < OPEN_MAX && random.chance(0.2)) {
      const from = random.below(ACCOUNTS);
      const to = (from + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
      const amount = 1 + random.below(30);
      open.push({
        transaction: engine.transactions.begin(),
        from: `a${from}`,
        to: `a${to}`,
        amount,
        step: 0,
        balances: [],
      });
      continue;
    }
    const transfer = open[random.below(open.length)];
    if (!transfer) continue;
    try {
      await advance(transfer);
      if (transfer.step === 6) {
        close(transfer);
        commits++;
      }
    } catch (error) {
      expect(error).toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT' });
      engine.transactions.end(transfer.transaction);
      close(transfer);
      conflicts++;
    }
  }
  engine.transactions.endAll();

  expect(await total()).toBe(TOTAL);
  expect(engine.locks.size).toBe(0);
  expect(commits).toBeGreaterThan(300);
  expect(conflicts).toBeGreaterThan(100);
});

test('a snapshot does not see what is committed, created or removed after it was taken', async () => {
  engine.createCollection('things');
  await engine.insert('things', [
    { _id: 'a', n: 1 },
    { _id: 'b', n: 1 },
  ]);
  const transaction = engine.transactions.begin();
  const seen = async () => (await engine.find('things', { query: {}, sort: { _id: 1 } }, transaction)).join();
  const before = await seen();

  await engine.modify('things', { _id: 'a' }, { $inc: { n: 1 } }, { multi: true });
  await engine.remove('things', { _id: 'b' }, { multi: true });
  await engine.insert('things', [{ _id: 'c' }]);

  expect(await seen()).toBe(before);
  for (const write of [
    () => engine.modify('things', { _id: 'a' }, { $inc: { n: 1 } }, { multi: true, transaction }),
    () => engine.modify('things', { _id: 'b' }, { $inc: { n: 1 } }, { multi: true, transaction }),
  ]) {
    await expect(write()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT' });
  }
  engine.transactions.end(transaction);
});
