/** The `database.*` actions that `@cloudbase/node-sdk` sends, and the `emulator.*` actions of the local cloud's own tools. */
import { setTimeout } from 'node:timers/promises';
import type { ActionHandler, ActionHandlers, AdminCall, AdminParams, AdminReply } from './admin-protocol';
import { DatabaseRequest } from './database-request';
import type { Document } from './document-values';
import { parseStored, toEjson } from './ejson';
import { emulatorHandlers } from './emulator-handlers';
import type { Engine } from './engine';
import { databaseErrors, toDatabaseError } from './errors';
import { FaultInjector } from './faults';
import { AGGREGATE_ROWS_DEFAULT, AGGREGATE_ROWS_MAX, READ_BYTES_MAX, WRITE_BYTES_MAX } from './limits';
import { compileFindProjection } from './operators/projection';
import { TransactionGate } from './transaction-gate';

export interface DatabaseHandlerOptions {
  /**
   * Pause inside every operation of a transaction, milliseconds, so that overlapping operations collide here as they do
   * in the cloud. With 1 ms the first overlap on a cold connection slipped through (measured).
   */
  readonly transactionPauseMs?: number;
  /** Shifts the server's date, milliseconds. */
  readonly clockOffsetMs?: number;
}

function assertWritable({ requestBytes }: AdminCall): void {
  if (requestBytes > WRITE_BYTES_MAX)
    throw databaseErrors.limitExceeded(`request is larger than ${WRITE_BYTES_MAX} bytes`);
}

function assertReadable(list: readonly string[]): string[] {
  const characters = list.reduce((total, text) => total + text.length, 0);
  if (characters > READ_BYTES_MAX)
    throw databaseErrors.limitExceeded(`answer is larger than ${READ_BYTES_MAX} bytes`);
  return [...list];
}

const projected = (texts: readonly string[], projection: Document, query: Document): string[] => {
  const project = compileFindProjection(projection, query);
  return texts.map(text => toEjson(project(parseStored(text))));
};

type Perform = (request: DatabaseRequest, call: AdminCall) => Promise<AdminReply>;

/**
 * Handlers for all actions of the database.
 * @throws AdminError from each handler, with the service's codes
 */
export function databaseHandlers(engine: Engine, options: DatabaseHandlerOptions = {}): ActionHandlers {
  const clock = { offsetMs: options.clockOffsetMs ?? 0 };
  const delay = { ms: 0 };
  const faults = new FaultInjector();
  const gate = new TransactionGate(engine, options.transactionPauseMs);
  const performers = { ...documentActions(engine, gate), ...transactionActions(engine, gate) };
  const handlers = Object.entries(performers).map(([action, perform]) => {
    const handler = async (params: AdminParams, call: AdminCall) => {
      try {
        return await perform(new DatabaseRequest(params, Date.now() + clock.offsetMs), call);
      } catch (error) {
        throw toDatabaseError(error);
      }
    };
    const faulty = faults.wrap(action, handler, params => gate.endAfterFailure(params.transactionId));
    return [action, delayed(faulty, delay)] as const;
  });
  return { ...Object.fromEntries(handlers), ...emulatorHandlers({ engine, faults, clock, delay }) };
}

/** Requests at the same time wait side by side, as on a long way to the database. */
const delayed =
  (handler: ActionHandler, delay: { readonly ms: number }): ActionHandler =>
  async (params, call) => {
    if (delay.ms > 0) await setTimeout(delay.ms);
    return handler(params, call);
  };

function documentActions(engine: Engine, gate: TransactionGate): Record<string, Perform> {
  return {
    'database.addCollection': async ({ collection }) => {
      engine.createCollection(collection);
      return {};
    },
    'database.insertDocument': async ({ params, collection, documents }, call) => {
      assertWritable(call);
      const insertedIds = await gate.pass(params.transactionId, transaction =>
        engine.insert(collection, documents, transaction),
      );
      return { data: { insertedIds } };
    },
    'database.getDocument': async ({ params, collection, find, projection }) => {
      const found = await gate.pass(params.transactionId, transaction =>
        engine.find(collection, find, transaction),
      );
      const list = projection ? projected(found, projection, find.query) : found;
      return { data: { list: assertReadable(list) }, limit: find.limit, offset: find.skip };
    },
    'database.calculateDocument': async ({ collection, query }) => ({
      data: { total: await engine.count(collection, query) },
    }),
    'database.modifyDocument': async ({ params, collection, requiredQuery, change, isMulti }, call) => {
      assertWritable(call);
      const modification = {
        multi: isMulti,
        replace: params.merge === false,
        upsert: params.upsert === true,
      };
      const result = await gate.pass(params.transactionId, transaction =>
        engine.modify(collection, requiredQuery, change, { ...modification, transaction }),
      );
      return { data: { updated: result.updated, matched: result.matched, upsert_id: result.upsertId } };
    },
    'database.modifyAndReturnDoc': async ({ params, collection, requiredQuery, change }, call) => {
      assertWritable(call);
      const { matched, text } = await gate.pass(params.transactionId, transaction =>
        engine.modify(collection, requiredQuery, change, { multi: false, transaction }),
      );
      return { data: { updated: matched, doc: text } };
    },
    'database.removeDocument': async ({ params, collection, requiredQuery, isMulti }) => {
      const deleted = await gate.pass(params.transactionId, transaction =>
        engine.remove(collection, requiredQuery, { multi: isMulti, transaction }),
      );
      return { data: { deleted } };
    },
    'database.aggregateDocuments': async ({ collection, stages }) => {
      const limit = stages.some(stage => '$limit' in stage) ? AGGREGATE_ROWS_MAX : AGGREGATE_ROWS_DEFAULT;
      return { data: { list: assertReadable(await engine.aggregate(collection, stages, limit)) } };
    },
  };
}

function transactionActions(engine: Engine, gate: TransactionGate): Record<string, Perform> {
  return {
    'database.startTransaction': async () => ({ transactionId: engine.transactions.begin().id }),
    'database.commitTransaction': async ({ params }) => {
      engine.transactions.commit(gate.idle(params.transactionId));
      return {};
    },
    'database.abortTransaction': async ({ params }) => {
      engine.transactions.end(engine.transactions.get(String(params.transactionId)));
      return {};
    },
  };
}
