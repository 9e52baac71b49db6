/** The traps of libsql's iterator that the connection closes. */
import { Connection } from '../../../local/cloud/database/connection';
import { createTemporaryDirectory, type TemporaryDirectory } from './local-database';

const ROWS = 1000;
const SQL = 'SELECT n FROM numbers ORDER BY n';

let directory: TemporaryDirectory;
let connection: Connection;
beforeEach(() => {
  directory = createTemporaryDirectory();
  connection = new Connection(`${directory.path}/database.db`, 'PRAGMA journal_mode=WAL');
  connection.exec('CREATE TABLE numbers(n INTEGER PRIMARY KEY)');
  connection.atomically(() => {
    for (let n = 0; n < ROWS; n++) connection.run('INSERT INTO numbers VALUES(?)', [n]);
  });
});
afterEach(() => {
  connection.close();
  directory.remove();
});

test('nested iterations over the same SQL do not disturb each other', () => {
  const outer: number[] = [];

  for (const { n } of connection.iterate<{ n: number }>(SQL)) {
    if (n % 250 === 0) expect([...connection.iterate(SQL)]).toHaveLength(ROWS);
    outer.push(n);
  }

  expect(outer).toEqual(Array.from({ length: ROWS }, (_, n) => n));
});

test('an iteration broken off leaves no read transaction open', () => {
  const seen: number[] = [];
  for (const { n } of connection.iterate<{ n: number }>(SQL)) {
    seen.push(n);
    if (n === 3) break;
  }

  const other = new Connection(`${directory.path}/database.db`, 'PRAGMA busy_timeout=0');
  const checkpoint = other.get<{ busy: number; log: number }>('PRAGMA wal_checkpoint(TRUNCATE)');
  other.close();

  expect(seen).toHaveLength(4);
  expect(checkpoint).toMatchObject({ busy: 0, log: 0 });
});

test('a failed write leaves nothing of itself', () => {
  const write = () =>
    connection.atomically(() => {
      connection.run('INSERT INTO numbers VALUES(?)', [ROWS]);
      connection.run('INSERT INTO numbers VALUES(?)', [0]);
    });

  expect(write).toThrow(/UNIQUE/);
  expect(connection.get('SELECT count(*) AS total FROM numbers')).toMatchObject({ total: ROWS });
});

test('a full disk is told as what it is, though SQLite has ended the transaction by itself', () => {
  const { page_count: pages } = connection.get<{ page_count: number }>('PRAGMA page_count') ?? {
    page_count: 0,
  };
  connection.exec(`PRAGMA max_page_count=${pages}`);
  const fill = () =>
    connection.atomically(() => {
      for (let n = ROWS; n < 100 * ROWS; n++) connection.run('INSERT INTO numbers VALUES(?)', [n]);
    });

  expect(fill).toThrow('database or disk is full');

  connection.exec('PRAGMA max_page_count=1000000');
  expect(connection.get('SELECT count(*) AS n FROM numbers')).toMatchObject({ n: ROWS });
  fill();
});
