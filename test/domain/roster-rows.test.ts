import type { SheetRow } from '../../cloudfunctions/shared/domain/column';
import { completeIdNumber } from '../../cloudfunctions/shared/domain/id-number';
import {
  parseRosterRows as parseRosterRowsOn,
  ROSTER_COLUMNS,
} from '../../cloudfunctions/shared/domain/roster-rows';

const ID_NUMBER = '11010519491231002X';
const OTHER_ID_NUMBER = completeIdNumber('37010219900101001');

const parseRosterRows = (rows: readonly SheetRow[]) => parseRosterRowsOn(rows, '2026-11-28');

const aRow = (cells: Record<string, string> = {}, row = 2): SheetRow => ({
  row,
  cells: {
    name: '张三',
    idNumber: ID_NUMBER,
    phone: '',
    labourContract: '是',
    enterprisePension: '是',
    ...cells,
  },
});
const problemOf = (cells: Record<string, string>) => parseRosterRows([aRow(cells)]).problems;

test('a good row is a person in normal form', () => {
  const row = aRow({
    name: ' 张三 ',
    idNumber: '11010519491231002x',
    phone: '138 0000 0000',
    enterprisePension: '否',
  });

  expect(parseRosterRows([row])).toEqual({
    people: [
      {
        row: 2,
        name: '张三',
        idNumber: ID_NUMBER,
        phone: '13800000000',
        labourContract: true,
        enterprisePension: false,
      },
    ],
    problems: [],
    notes: [],
  });
});

test('a person without a phone has no phone', () => {
  expect(parseRosterRows([aRow()]).people[0]).not.toHaveProperty('phone');
});

describe('yes-or-no cells', () => {
  test.each(
    '是 有 已 √ ✓ Y yes TRUE 1 １ 1.0 已签订 已缴纳 是。 （是） “是” ☑是□否 是☑否□ √是/否 是\ufe0e ✔\ufe0f \u2068是\u2069 是\u00ad'.split(
      ' ',
    ),
  )('%s is yes', cell => {
    expect(parseRosterRows([aRow({ labourContract: cell })]).people[0]?.labourContract).toBe(true);
  });

  test.each('否 无 未 × x X N no FALSE 0 0.0 未签订 未缴纳 否。 【否】 □是☑否 是□否☑ 是/否√'.split(' '))(
    '%s is no',
    cell => {
      expect(parseRosterRows([aRow({ labourContract: cell })]).people[0]?.labourContract).toBe(false);
    },
  );

  test.each(['', '?', '是否', '2', '不详', '是√否', '□是□否', '是/否', '1.5', '（）'])(
    '%j is no answer',
    cell => {
      expect(problemOf({ enterprisePension: cell })).toEqual([
        { row: 2, column: '是否缴纳企业养老保险', code: 'cell_not_yes_or_no' },
      ]);
    },
  );
});

describe('problems', () => {
  test.each([
    ['no name', { name: '' }, '姓名', 'name_missing'],
    ['something that is no name', { name: '123' }, '姓名', 'name_character_unusable'],
    ['a name too long', { name: '张'.repeat(51) }, '姓名', 'cell_too_long'],
    ['no ID number', { idNumber: '' }, '身份证号', 'id_number_invalid'],
    ['a wrong ID number', { idNumber: '110105194912310021' }, '身份证号', 'id_number_invalid'],
    ['a rounded ID number', { idNumber: '1.1010519491231E+17' }, '身份证号', 'id_number_invalid'],
    ['a cell too long', { idNumber: '1'.repeat(201) }, '身份证号', 'cell_too_long'],
    [
      'somebody not yet born',
      { idNumber: completeIdNumber('37010220261129001') },
      '身份证号',
      'id_number_invalid',
    ],
    ['no word on the contract', { labourContract: '' }, '是否签订劳动合同', 'cell_not_yes_or_no'],
  ])('%s', (_, cells, column, code) => {
    expect(problemOf(cells)).toMatchObject([{ row: 2, column, code }]);
  });

  test('a row has one problem, the first in the order of the columns', () => {
    const wrong = { name: '', idNumber: '1', phone: '1', labourContract: '?', enterprisePension: '?' };
    const mend: [string, string][] = [
      ['name', '张三'],
      ['idNumber', ID_NUMBER],
      ['labourContract', '是'],
    ];
    const codes = mend.map((_, count) => {
      const problems = problemOf({ ...wrong, ...Object.fromEntries(mend.slice(0, count)) });
      return problems.map(({ code }) => code);
    });

    expect(codes).toEqual([['name_missing'], ['id_number_invalid'], ['cell_not_yes_or_no']]);
  });

  test('they say nothing of the person', () => {
    const cells = {
      name: '李四',
      idNumber: '370102199001010019',
      phone: '0531-88888888',
      labourContract: '也许',
    };
    const said = JSON.stringify([problemOf(cells), problemOf({ ...cells, idNumber: ID_NUMBER })]);

    for (const cell of [...Object.values(cells), ID_NUMBER]) expect(said).not.toContain(cell);
  });
});

describe('notes', () => {
  test.each(['无', '-', '/', '0531-88888888', '138.0000.0007', '13800000019、13900000019', '1'.repeat(201)])(
    'with the phone %j the person goes in without one, and the row says so',
    phone => {
      const { people, problems, notes } = parseRosterRows([aRow({ phone }, 7)]);

      expect(people).toMatchObject([{ row: 7, name: '张三' }]);
      expect(people[0]).not.toHaveProperty('phone');
      expect(problems).toEqual([]);
      expect(notes).toEqual([{ row: 7, column: '手机号', code: 'phone_left_out' }]);
    },
  );

  test.each(['', ' \u3000', '\u200b', '+86 138 0000 0000'])('a phone of %j gives none', phone => {
    expect(parseRosterRows([aRow({ phone })]).notes).toEqual([]);
  });

  test('nobody who is refused has one', () => {
    const { notes } = parseRosterRows([
      aRow({}, 2),
      aRow({ phone: '无' }, 3),
      aRow({ name: '', phone: '无' }, 4),
    ]);

    expect(notes).toEqual([]);
  });
});

describe('doubles', () => {
  test('the first row with an ID number counts, later ones are doubles of it', () => {
    const { people, problems } = parseRosterRows([
      aRow({}, 2),
      aRow({ idNumber: OTHER_ID_NUMBER }, 3),
      aRow({ idNumber: ' 11010519491231002x' }, 4),
      aRow({ name: '李四' }, 6),
    ]);

    expect(people.map(({ row }) => row)).toEqual([2, 3]);
    expect(problems).toEqual(
      [4, 6].map(row => ({ row, column: '身份证号', code: 'duplicate_in_file', data: { firstRow: 2 } })),
    );
  });

  test('a row that is refused for something else is not the first', () => {
    const { people, problems } = parseRosterRows([aRow({ labourContract: '?' }, 2), aRow({}, 3)]);

    expect(people.map(({ row }) => row)).toEqual([3]);
    expect(problems.map(({ code }) => code)).toEqual(['cell_not_yes_or_no']);
  });
});

test('no header belongs to two columns, and only the phone may be left out', () => {
  const headers = ROSTER_COLUMNS.flatMap(column => column.headers);

  expect(new Set(headers).size).toBe(headers.length);
  expect(ROSTER_COLUMNS.filter(({ required }) => !required).map(({ key }) => key)).toEqual(['phone']);
});
