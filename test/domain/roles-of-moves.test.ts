import { OPERATIONS, type OperationName } from '../../miniprogram/contract/operations';
import type { StepRole } from '../../miniprogram/contract/vouchers';
import { BATCH_LIFE } from '../../cloudfunctions/shared/domain/batch';
import { ENTRY_LIFE } from '../../cloudfunctions/shared/domain/entry-application';
import { LESSON_LIFE } from '../../cloudfunctions/shared/domain/lesson';
import { TEMPLATE_LIFE } from '../../cloudfunctions/shared/domain/template';
import { CLASS_LIFE } from '../../cloudfunctions/shared/domain/training-class';
import { VOUCHER_LIFE } from '../../cloudfunctions/shared/domain/voucher';

type Operations = Readonly<Record<string, readonly OperationName[]>>;

/** The operations that make each move, at once or through a job that they start. None makes those of the system. */
const VOUCHER = {
  order: ['voucher.issue'],
  deliver: [],
  issue: ['voucher.issue'],
  claim: ['voucher.claim'],
  use: ['verification.use'],
  reverse: ['verification.reverse'],
  batch: ['settlement.importCodes', 'settlement.addVouchers'],
  unbatch: ['settlement.removeItem', 'settlement.returnBatch'],
  settle: [],
  void: ['voucher.void', 'voucher.voidBatch'],
  concede: ['voucher.acceptRefusal'],
  expire: [],
} as const satisfies Record<keyof typeof VOUCHER_LIFE.moves, readonly OperationName[]>;

const BATCH = {
  create: ['settlement.createBatch'],
  fill: ['settlement.checkCodes', 'settlement.importCodes', 'settlement.addVouchers'],
  withdraw: ['settlement.removeItem'],
  submit: ['settlement.submitBatch'],
  strike: ['settlement.removeItem'],
  review: ['settlement.reviewBatch'],
  approve: ['settlement.approveBatch'],
  return: ['settlement.returnBatch'],
  pay: ['settlement.payBatch'],
  settle: [],
} as const satisfies Record<keyof typeof BATCH_LIFE.moves, readonly OperationName[]>;

const CLASS = {
  create: ['training.createClass'],
  amend: ['training.amendClass'],
  note: ['training.noteClass'],
  submit: ['training.submitClass'],
  approve: ['training.approveClass'],
  return: ['training.returnClass'],
  start: ['training.startClass'],
  finish: ['training.finishClass'],
} as const satisfies Record<keyof typeof CLASS_LIFE.moves, readonly OperationName[]>;

const TEMPLATE = {
  create: ['voucher.createTemplate'],
  amend: ['voucher.amendTemplate'],
  publish: ['voucher.publishTemplate'],
  close: ['voucher.closeTemplate'],
} as const satisfies Record<keyof typeof TEMPLATE_LIFE.moves, readonly OperationName[]>;

const ENTRY = {
  create: ['entry.saveApplication'],
  amend: ['entry.saveApplication'],
  submit: ['entry.submitApplication'],
  sealCity: ['entry.sealApplication'],
  sealProvince: ['entry.sealApplication'],
  sealOperator: ['entry.sealApplication'],
  sealMinistry: ['entry.sealApplication'],
  send: ['entry.sendApplication'],
  approve: ['entry.approveApplication'],
  return: ['entry.returnApplication'],
  unmask: ['entry.unmaskApplication'],
  openScan: ['entry.openScan'],
} as const satisfies Record<keyof typeof ENTRY_LIFE.moves, readonly OperationName[]>;
const LESSON = {
  add: ['training.addLesson'],
  amend: ['training.amendLesson'],
  remove: ['training.removeLesson'],
} as const satisfies Record<keyof typeof LESSON_LIFE.moves, readonly OperationName[]>;

interface Life {
  moves: Readonly<Record<string, { by: readonly StepRole[] }>>;
  operations: Operations;
}

const LIVES: Record<string, Life> = {
  voucher: { moves: VOUCHER_LIFE.moves, operations: VOUCHER },
  batch: { moves: BATCH_LIFE.moves, operations: BATCH },
  class: { moves: CLASS_LIFE.moves, operations: CLASS },
  template: { moves: TEMPLATE_LIFE.moves, operations: TEMPLATE },
  entry: { moves: ENTRY_LIFE.moves, operations: ENTRY },
  lesson: { moves: LESSON_LIFE.moves, operations: LESSON },
};

const rolesOf = (name: OperationName): readonly StepRole[] => {
  const { roles } = OPERATIONS[name];
  if (roles === 'anyone') throw new Error(`${name} moves something though anyone may call it`);
  return roles;
};

const MOVES = Object.entries(LIVES).flatMap(([what, { moves, operations }]) =>
  Object.entries(moves).map(([command, { by }]) => ({ what, command, by, names: operations[command] ?? [] })),
);
/** Each operation once for each life in which it moves something. */
const CALLS = Object.entries(LIVES).flatMap(([what, { moves, operations }]) =>
  [...new Set(Object.values(operations).flat())].map(name => ({
    what,
    name,
    by: Object.entries(moves).flatMap(([command, move]) =>
      operations[command]?.includes(name) ? move.by : [],
    ),
  })),
);

describe('who may make a move', () => {
  it.each(Object.entries(LIVES))('is known for every move of a %s', (_what, { moves, operations }) => {
    expect(Object.keys(operations).sort()).toEqual(Object.keys(moves).sort());
  });

  it.each(MOVES)('$what $command: $by are admitted by an operation that makes it', ({ by, names }) => {
    const admitted = new Set(names.flatMap(rolesOf));

    // What the system does by itself or for another system is no operation of a person's.
    const byPeople = by.filter(role => role !== 'system');
    expect(names.length > 0).toBe(byPeople.length > 0);
    expect(byPeople.filter(role => !admitted.has(role))).toEqual([]);
  });

  it.each(CALLS)('$name: whomever it admits may move the $what', ({ name, by }) => {
    expect(rolesOf(name).filter(role => !by.includes(role))).toEqual([]);
  });
});
