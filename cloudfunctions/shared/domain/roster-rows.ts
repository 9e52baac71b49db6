import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { RowProblem } from '../../../miniprogram/contract/imports';
import { CELL_CHARS_MAX, type ColumnDefinition, type SheetRow } from './column';
import { parseIdNumber } from './id-number';
import { parsePersonName, parsePhone, PERSON_NAME_CHARS_MAX } from './personal-text';
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
}

/**
 * Reads the rows of a roster: each is either a person or exactly one problem, the first in the order name, ID number,
 * phone, labour contract, pension, double. Of several good rows with one ID number the first counts.
 * Problems: name_missing, id_number_invalid {fault: 'fifteen_digits'}, phone_invalid, cell_not_yes_or_no,
 * cell_too_long, what is wrong with a cell, duplicate_in_file {firstRow}. They hold nothing of what the row says.
 */
export const parseRosterRows = (rows: readonly SheetRow[]): RosterRows => {
  const people: RosterPerson[] = [];
  const problems: RowProblem[] = [];
  const firstRowOf = new Map<string, number>();
  for (const row of rows) {
    const read = refuseDouble(readRow(row), firstRowOf);
    if (read.ok) people.push(read.person);
    else problems.push(read.problem);
  }
  return { people, problems };
};

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

const readRow = ({ row, cells, faults }: SheetRow): ReadRow => {
  const cell = (key: RosterKey): string => cells[key] ?? '';
  const refuse = (key: RosterKey, reason: ErrorCode, facts?: RowProblem['data']): ReadRow => {
    const code = faults?.[key] ?? (isTooLong(key, cell(key)) ? 'cell_too_long' : reason);
    const data = code === reason ? facts : undefined;
    const problem = { row, column: COLUMNS[key].headers[0], code, ...(data !== undefined && { data }) };
    return { ok: false, problem };
  };

  const name = parsePersonName(cell('name'));
  if (name === undefined) return refuse('name', 'name_missing');
  const idNumber = faults?.idNumber ? undefined : parseIdNumber(cell('idNumber'));
  if (idNumber === undefined) return refuse('idNumber', 'id_number_invalid', findFault(cell('idNumber')));
  const phone = parsePhone(cell('phone'));
  if (phone === undefined && cell('phone').trim() !== '') return refuse('phone', 'phone_invalid');
  const labourContract = parseYesOrNo(cell('labourContract'));
  if (labourContract === undefined) return refuse('labourContract', 'cell_not_yes_or_no');
  const enterprisePension = parseYesOrNo(cell('enterprisePension'));
  if (enterprisePension === undefined) return refuse('enterprisePension', 'cell_not_yes_or_no');

  const person = { row, name, idNumber, labourContract, enterprisePension };
  return { ok: true, person: phone === undefined ? person : { ...person, phone } };
};

const isTooLong = (key: RosterKey, text: string): boolean =>
  [...text].length > (key === 'name' ? PERSON_NAME_CHARS_MAX : CELL_CHARS_MAX);

/** Numbers of the first ID cards: no check character, a year of two digits. They are worth nothing since 2013. */
const findFault = (text: string): RowProblem['data'] =>
  /^\d{15}$/.test(text.normalize('NFKC').replace(/[\s-]/g, '')) ? { fault: 'fifteen_digits' } : undefined;
