import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { completeIdNumber } from '../../cloudfunctions/shared/domain/id-number';
import type { MadeUpPerson } from '../stage/made-up-people';
import type { BadRow, PlannedClass } from './plan';

const HEADERS = ['序号', '姓名', '身份证号', '手机号', '是否签订劳动合同', '是否缴纳企业养老保险'];

type Row = string[];

const goodRow = ({ name, idNumber, phone }: MadeUpPerson): Row => [name, idNumber, phone, '是', '是'];

/** The same number with another check character. */
const wrongCheck = (idNumber: string): string => {
  const right = completeIdNumber(idNumber.slice(0, 17)).at(-1);
  return idNumber.slice(0, 17) + (right === '0' ? '1' : '0');
};

function badRow({ reason, person }: BadRow): Row {
  const { name, idNumber, phone } = person;
  switch (reason) {
    case 'id_number_invalid':
      return [name, wrongCheck(idNumber), phone, '是', '是'];
    case 'name_missing':
      return ['', idNumber, phone, '是', '是'];
    case 'duplicate_in_file':
      return goodRow(person);
    case 'no_labour_contract':
      return [name, idNumber, phone, '否', '是'];
    case 'no_pension_insurance':
      return [name, idNumber, phone, '是', '否'];
  }
}

/** Good rows first, so that of a double the good one counts; the bad ones follow. */
const rowsOf = ({ people, badRows }: PlannedClass): Row[] =>
  [...people.map(goodRow), ...badRows.map(badRow)].map((row, i) => [String(i + 1), ...row]);

/** The roster of a class as a school would send it: every other one as CSV with a byte order mark, the rest as XLSX. */
export async function rosterFileOf(
  trainingClass: PlannedClass,
  position: number,
): Promise<{ name: string; bytes: Uint8Array }> {
  if (trainingClass.file) return trainingClass.file;
  const table = [HEADERS, ...rowsOf(trainingClass)];
  if (position % 2 === 1) {
    return { name: `roster-${position}.csv`, bytes: Buffer.from('\uFEFF' + stringify(table)) };
  }
  const cells = table.map(row => row.map(value => ({ value, type: String })));
  const bytes = await writeXlsxFile(cells).toBuffer();
  return { name: `roster-${position}.xlsx`, bytes };
}
