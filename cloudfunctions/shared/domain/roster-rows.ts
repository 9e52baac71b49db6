import type { RowNote, RowProblem } from '../../../miniprogram/contract/imports';
import { toOneLine } from '../../../miniprogram/contract/plain-text';
import {
  CELL_CHARS_MAX,
  type CellReading,
  type CellRefusal,
  type ColumnDefinition,
  type SheetRow,
} from './column';
import { parseIdNumber, readIdNumber } from './id-number';
import { readPersonName } from './person-name';
import { parsePhone } from './phone-number';
import { parseYesOrNo } from './yes-or-no';

type RosterKey = 'name' | 'idNumber' | 'phone' | 'labourContract' | 'enterprisePension';

const COLUMNS: { readonly [Key in RosterKey]: ColumnDefinition<Key> } = {
  name: {
    key: 'name',
    headers: [
      '姓名',
      '学员姓名',
      '人员姓名',
      '培训人员姓名',
      '参训人员姓名',
      '培训学员姓名',
      '劳动者姓名',
      '职工姓名',
      '员工姓名',
      '本人姓名',
      '真实姓名',
      '名字',
    ],
    required: true,
  },
  idNumber: {
    key: 'idNumber',
    headers: [
      '身份证号',
      '公民身份号码',
      '身份证号码',
      '证件号码',
      '身份证',
      '公民身份证号码',
      '公民身份证号',
      '居民身份证号码',
      '居民身份证号',
      '居民身份证',
      '二代身份证号',
      '二代身份证号码',
      '身份证件号码',
      '身份证件号',
      '有效身份证件号码',
      '本人身份证号',
      '本人身份证号码',
      '学员身份证号',
      '学员身份证号码',
      '身份号码',
      '证件号',
      // The number of a person's social security is that of the ID card (Social Insurance Law, article 58).
      '社会保障号码',
      '社会保障号',
      '公民身份号码（社会保障号码）',
    ],
    required: true,
    passesCheck: text => parseIdNumber(text) !== undefined,
  },
  phone: {
    key: 'phone',
    headers: [
      '手机号',
      '联系电话',
      '手机号码',
      '手机',
      '联系方式',
      '电话',
      '电话号码',
      '移动电话',
      '联系手机',
      '本人手机号',
      '本人手机号码',
      '学员手机号',
      '手机电话',
    ],
    required: false,
  },
  labourContract: {
    key: 'labourContract',
    headers: [
      '是否签订劳动合同',
      '劳动合同',
      '签订劳动合同',
      '是否有劳动合同',
      '有无劳动合同',
      '是否签劳动合同',
      '是否已签订劳动合同',
      '是否与企业签订劳动合同',
      '劳动合同签订情况',
      '签订劳动合同情况',
    ],
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
      '是否缴纳企业职工基本养老保险',
      '是否参加企业养老保险',
      '是否参加企业职工养老保险',
      '是否参加企业职工基本养老保险',
      '是否参加养老保险',
      '企业职工养老保险',
      '企业职工基本养老保险',
      '职工养老保险',
      '养老保险缴纳情况',
      '企业养老保险缴纳情况',
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
 * what is wrong with a cell, duplicate_in_file {firstRow}. Notes: phone_left_out, for a cell with anything else than one
 * mobile number. Neither holds what the row says of the person.
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
    if (read.person.phone === undefined && (row.faults?.phone || !isBlank(row.cells.phone))) {
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

const readRow = ({ row, cells, faults }: SheetRow, on: string): ReadRow => {
  const cell = (key: RosterKey): string => cells[key] ?? '';
  const refuse = (key: RosterKey, reason: CellRefusal): ReadRow => ({
    ok: false,
    problem: { row, column: COLUMNS[key].headers[0], ...reason },
  });
  /** What is wrong with the cell itself comes before what it says. */
  const read = <T>(key: RosterKey, readText: (text: string) => CellReading<T>): CellReading<T> => {
    const fault = faults?.[key];
    if (fault) return { ok: false, error: { code: fault } };
    const said = readText(cell(key));
    return said.ok || cell(key).length <= CELL_CHARS_MAX
      ? said
      : { ok: false, error: { code: 'cell_too_long' } };
  };

  const name = read('name', readPersonName);
  if (!name.ok) return refuse('name', name.error);
  const idNumber = read('idNumber', text => readIdNumber(text, on));
  if (!idNumber.ok) return refuse('idNumber', idNumber.error);
  const labourContract = read('labourContract', readYesOrNo);
  if (!labourContract.ok) return refuse('labourContract', labourContract.error);
  const enterprisePension = read('enterprisePension', readYesOrNo);
  if (!enterprisePension.ok) return refuse('enterprisePension', enterprisePension.error);

  const phone = faults?.phone ? undefined : parsePhone(cell('phone'));
  const person = {
    row,
    name: name.data,
    idNumber: idNumber.data,
    labourContract: labourContract.data,
    enterprisePension: enterprisePension.data,
  };
  return { ok: true, person: phone === undefined ? person : { ...person, phone } };
};

const readYesOrNo = (text: string): CellReading<boolean> => {
  const answer = parseYesOrNo(text);
  return answer === undefined
    ? { ok: false, error: { code: 'cell_not_yes_or_no' } }
    : { ok: true, data: answer };
};
