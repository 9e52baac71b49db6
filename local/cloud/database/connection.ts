/** The little that the engine needs from SQLite, on top of libsql. */
import Libsql from 'libsql';
import type { SqlValue } from './document-values';

type Statement = Libsql.Statement;
const STATEMENTS_MAX = 1000;

/** One connection to the database file, with its prepared statements. */
export class Connection {
  readonly #database: Libsql.Database;
  readonly #statements = new Map<string, Statement>();
  readonly #idleIterations = new Map<string, Statement[]>();

  /** @param setup SQL run once, mostly pragmas */
  constructor(file: string, setup: string) {
    this.#database = new Libsql(file);
    this.#database.exec(setup);
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  run(sql: string, params: readonly SqlValue[] = []): void {
    this.#statement(sql).run(params);
  }

  get<Row>(sql: string, params: readonly SqlValue[] = []): Row | undefined {
    return this.#statement(sql).get(params) as Row | undefined;
  }

  all<Row>(sql: string, params: readonly SqlValue[] = []): Row[] {
    return this.#statement(sql).all(params) as Row[];
  }

  /**
   * Yields row by row. Two traps of libsql's own iterator, both measured, are closed here: all iterations of one
   * prepared statement share a cursor, so each gets a statement of its own; and an abandoned iteration keeps its read
   * transaction open, so that the WAL grows without end, until the statement is reset by `get()`.
   */
  *iterate<Row>(sql: string, params: readonly SqlValue[] = []): Generator<Row, void> {
    const statement = this.#idleIterations.get(sql)?.pop() ?? this.#database.prepare(sql);
    let isFinished = false;
    try {
      for (const row of statement.iterate(params)) yield row as Row;
      isFinished = true;
    } finally {
      if (!isFinished) statement.get(params);
      this.#keepForIteration(sql, statement);
    }
  }

  /** Runs `work` in one write transaction: all of it or nothing. */
  atomically<Result>(work: () => Result): Result {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** A full disk has ended the transaction already; that there is none left must not hide why. */
  #rollBack(): void {
    try {
      this.run('ROLLBACK');
    } catch (error) {
      if (!/no transaction is active/.test(errorText(error))) throw error;
    }
  }

  /** After a change of the schema, and to bound the cache. */
  forgetStatements(): void {
    this.#statements.clear();
    this.#idleIterations.clear();
  }

  close(): void {
    this.forgetStatements();
    this.#database.close();
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= STATEMENTS_MAX) this.forgetStatements();
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  #keepForIteration(sql: string, statement: Statement): void {
    const idle = this.#idleIterations.get(sql);
    if (idle) idle.push(statement);
    else this.#idleIterations.set(sql, [statement]);
  }
}

const errorText = (error: unknown) =>
  error instanceof Error ? `${(error as { code?: string }).code} ${error.message}` : '';

/** Tells a violated unique index from other failures. */
export const isUniqueViolation = (error: unknown) =>
  /SQLITE_CONSTRAINT|UNIQUE constraint/.test(errorText(error));
