import type { RowNote, RowProblem } from '../../../miniprogram/contract/imports';
import { toOneLine } from '../../../miniprogram/contract/plain-text';
import { CELL_CHARS_MAX, type CellRefusal, type ColumnDefinition, type SheetRow } from './column';
import { readIdNumber } from './id-number';
import { readPersonName } from './person-name';
import { parsePhone } from './phone-number';
import { parseYesOrNo } from './yes-or-no';

type RosterKey = 'name' | 'idNumber' | 'phone' | 'labourContract' | 'enterprisePension';

const COLUMNS: { readonly [Key in RosterKey]: ColumnDefinition<Key> } = {
  name: { key: 'name', headers: ['姓名', '学员姓名', '人员姓名'], required: true },
  idNumber: {
    key: 'idNumber',
    headers: ['身份证号', '公民身份号码', '身份证号码', '证件号码', '身份证', '公民身份证号码', '证件号'],
    required: true,
  },
  phone: {
    key: 'phone',
    headers: ['手机号', '联系电话', '手机号码', '手机', '联系方式', '电话'],
    required: false,
  },
  labourContract: {
    key: 'labourContract',
    headers: ['是否签订劳动合同', '劳动合同', '签订劳动合同', '是否有劳动合同'],
    required: true,
  },
  enterprisePension: {
    key: 'enterprisePension',
    headers: [
      '是否缴纳企业养老保险',
      '企业养老保险',
      '养老保险',
      '是否缴纳养老保险',
      '缴纳企业养老保险',
      '是否缴纳企业职工养老保险',
    ],
    required: true,
  },
};

/** Columns of a roster (名册); the two yes-or-no columns are the facts of notice 二(二). */
export const ROSTER_COLUMNS: readonly ColumnDefinition[] = Object.values(COLUMNS);

/** A good row of a roster, in normal form. */
export interface RosterPerson {
  row: number;
  name: string;
  idNumber: string;
  phone?: string;
  labourContract: boolean;
  enterprisePension: boolean;
}

export interface RosterRows {
  people: RosterPerson[];
  problems: RowProblem[];
  /** Of people among `people`. */
  notes: RowNote[];
}

/**
 * Reads the rows of a roster on a day 'YYYY-MM-DD': each is either a person or exactly one problem, the first in the order
 * name, ID number, labour contract, pension, double. Of several good rows with one ID number the first counts.
 * Problems: name_missing, name_character_unusable {codePoints}, id_number_invalid {fault}, cell_not_yes_or_no, cell_too_long,
 * duplicate_in_file {firstRow}. Notes: phone_left_out, for a cell with anything else than one mobile number.
 * Neither holds what the row says of the person.
 */
export const parseRosterRows = (rows: readonly SheetRow[], on: string): RosterRows => {
  const people: RosterPerson[] = [];
  const problems: RowProblem[] = [];
  const notes: RowNote[] = [];
  const firstRowOf = new Map<string, number>();
  for (const row of rows) {
    const read = refuseDouble(readRow(row, on), firstRowOf);
    if (!read.ok) {
      problems.push(read.problem);
      continue;
    }
    people.push(read.person);
    if (read.person.phone === undefined && !isBlank(row.cells[COLUMNS.phone.key])) {
      notes.push({ row: row.row, column: COLUMNS.phone.headers[0], code: 'phone_left_out' });
    }
  }
  return { people, problems, notes };
};

const isBlank = (cell = ''): boolean => toOneLine(cell) === '';

type ReadRow = { ok: true; person: RosterPerson } | { ok: false; problem: RowProblem };

const refuseDouble = (read: ReadRow, firstRowOf: Map<string, number>): ReadRow => {
  if (!read.ok) return read;
  const { row, idNumber } = read.person;
  const firstRow = firstRowOf.get(idNumber);
  if (firstRow === undefined) {
    firstRowOf.set(idNumber, row);
    return read;
  }
  const column = COLUMNS.idNumber.headers[0];
  return { ok: false, problem: { row, column, code: 'duplicate_in_file', data: { firstRow } } };
};

const readRow = ({ row, cells }: SheetRow, on: string): ReadRow => {
  const cell = (key: RosterKey): string => cells[key] ?? '';
  const refuse = (key: RosterKey, reason: CellRefusal): ReadRow => {
    const said: CellRefusal = cell(key).length > CELL_CHARS_MAX ? { code: 'cell_too_long' } : reason;
    return { ok: false, problem: { row, column: COLUMNS[key].headers[0], ...said } };
  };

  const name = readPersonName(cell('name'));
  if (!name.ok) return refuse('name', name.error);
  const idNumber = readIdNumber(cell('idNumber'), on);
  if (!idNumber.ok) return refuse('idNumber', idNumber.error);
  const labourContract = parseYesOrNo(cell('labourContract'));
  if (labourContract === undefined) return refuse('labourContract', { code: 'cell_not_yes_or_no' });
  const enterprisePension = parseYesOrNo(cell('enterprisePension'));
  if (enterprisePension === undefined) return refuse('enterprisePension', { code: 'cell_not_yes_or_no' });

  const phone = parsePhone(cell('phone'));
  const person = { row, name: name.data, idNumber: idNumber.data, labourContract, enterprisePension };
  return { ok: true, person: phone === undefined ? person : { ...person, phone } };
};
