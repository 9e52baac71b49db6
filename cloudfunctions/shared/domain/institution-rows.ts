import { CITIES, type CityCode } from '../../../miniprogram/contract/areas';
import {
  COUNTIES,
  COUNTY_CODES,
  cityOfCounty,
  type CountyCode,
} from '../../../miniprogram/contract/counties';
import type { RowProblem } from '../../../miniprogram/contract/imports';
import { LIMITS } from '../../../miniprogram/contract/limits';
import { toHalfWidth, toOneLine } from '../../../miniprogram/contract/plain-text';
import { PROJECT_IDS, PROJECTS, type ProjectId } from '../../../miniprogram/contract/projects';
import {
  CELL_CHARS_MAX,
  type CellReading,
  type CellRefusal,
  type ColumnDefinition,
  type SheetRow,
} from './column';
import { parseIdNumber, readIdNumber } from './id-number';
import { readPersonName } from './person-name';
import { parseUscc } from './uscc';

type InstitutionKey = 'name' | 'uscc' | 'county' | 'projects' | 'administratorName' | 'administratorIdNumber';

const COLUMNS: { readonly [Key in InstitutionKey]: ColumnDefinition<Key> } = {
  name: {
    key: 'name',
    headers: [
      '机构名称',
      '培训机构名称',
      '培训机构',
      '职业培训机构名称',
      '培训学校名称',
      '单位名称',
      '学校名称',
      '办学机构名称',
      '机构全称',
      '名称',
    ],
    required: true,
  },
  uscc: {
    key: 'uscc',
    headers: [
      '统一社会信用代码',
      '信用代码',
      '社会信用代码',
      '统一信用代码',
      '机构统一社会信用代码',
      '培训机构统一社会信用代码',
      '单位统一社会信用代码',
      '统一社会信用代码证号',
      '机构代码',
    ],
    required: true,
    passesCheck: text => parseUscc(text) !== undefined,
  },
  county: {
    key: 'county',
    headers: ['区县', '所在区县', '县区', '县（市、区）', '县市区', '所属区县', '所在县区', '区县名称'],
    required: false,
  },
  projects: {
    key: 'projects',
    headers: ['可开展项目', '培训项目', '可开展的项目', '可承担项目', '可开展培训项目', '项目', '培训类别'],
    required: false,
  },
  administratorName: {
    key: 'administratorName',
    headers: ['管理员姓名', '管理员', '机构管理员姓名', '机构管理员', '培训机构管理员', '姓名'],
    required: false,
  },
  administratorIdNumber: {
    key: 'administratorIdNumber',
    headers: [
      '管理员身份证号',
      '管理员身份证号码',
      '管理员公民身份号码',
      '机构管理员身份证号',
      '身份证号',
      '身份证号码',
      '公民身份号码',
    ],
    required: false,
    passesCheck: text => parseIdNumber(text) !== undefined,
  },
};

/** Columns of a file of training institutions with their administrators. */
export const INSTITUTION_COLUMNS: readonly ColumnDefinition[] = Object.values(COLUMNS);

const projectNames = PROJECT_IDS.map(id => PROJECTS[id].name).join('、');

/** What the empty form says on how it is filled in. */
export const INSTITUTION_FORM_NOTES: readonly string[] = [
  '一家机构有几名管理员，就写几行：每行的统一社会信用代码相同，机构名称、区县和可开展项目只在第一行填写，也可以照抄。',
  '“机构名称”“统一社会信用代码”必须填写，与登记证书一致。信用代码是18位。',
  '“区县”可以不填；要填就写全称（例如：历城区）或六位代码，只能是本市的。',
  `“可开展项目”可以不填，不填就是全部项目。只能填：${projectNames}。有几个时用顿号（、）或分号隔开。`,
  '“管理员姓名”“管理员身份证号”可以都不填，以后在机构页面上开通；填了一个就必须填另一个。',
  '本市已经登记过的机构不会改动：这一行写了新的管理员，就给它加上管理员；没有新的管理员，会写明已经登记过。',
  '一次最多1万行。先检查，再导入；有问题的行会写明原因，不会导入。',
];

/** What a file says of one institution. */
export interface InstitutionFields {
  name: string;
  uscc: string;
  countyCode?: CountyCode;
  /** Absent for all of them. */
  projectIds?: ProjectId[];
}

/** A good row: an institution, with an administrator or without. Of several rows of one institution each has all its fields. */
export interface InstitutionRow {
  row: number;
  institution: InstitutionFields;
  /** Of the institution; those that a row leaves empty come from the first of its rows. */
  given: { county: boolean; projects: boolean };
  administrator?: { name: string; idNumber: string };
}

export interface InstitutionRows {
  rows: InstitutionRow[];
  problems: RowProblem[];
}

/**
 * Reads the rows of a file of institutions of a city on a day 'YYYY-MM-DD': each is either good or exactly one problem, the
 * first in the order name, USCC, county, projects, administrator, agreement with the other rows of the institution, double.
 * Problems: institution_name_missing, uscc_invalid, county_unknown, county_of_other_city, project_unknown, id_number_invalid,
 * name_missing, name_character_unusable, cell_too_long, what is wrong with a cell, institution_differs {firstRow},
 * duplicate_in_file {firstRow}. None of them holds what the row says.
 */
export function parseInstitutionRows(
  sheetRows: readonly SheetRow[],
  { cityCode, on }: { cityCode: CityCode; on: string },
): InstitutionRows {
  const parsed: InstitutionRows = { rows: [], problems: [] };
  const institutions = new Map<string, KnownInstitution>();
  for (const sheetRow of sheetRows) {
    const read = readRow(sheetRow, { cityCode, on });
    const placed = read.ok ? placeRow(read.data, institutions) : read;
    if (placed.ok) parsed.rows.push(placed.data);
    else parsed.problems.push(placed.problem);
  }
  return parsed;
}

type Reading<T> = { ok: true; data: T } | { ok: false; problem: RowProblem };

/** What stands in a row by itself: a further row of an institution may leave its fields empty. */
type ReadRow = Pick<InstitutionRow, 'row' | 'administrator'> & {
  uscc: string;
  name: string | undefined;
  countyCode: CountyCode | undefined;
  projectIds: ProjectId[] | undefined;
};

/** The first good row of an institution, and the rows of its administrators by ID number. */
interface KnownInstitution {
  first: InstitutionRow;
  rowOf: Map<string, number>;
}

const refuse = (row: number, key: InstitutionKey | undefined, reason: CellRefusal): Reading<never> => ({
  ok: false,
  problem: { row, ...(key && { column: COLUMNS[key].headers[0] }), ...reason },
});

function readRow(
  { row, cells, faults }: SheetRow,
  { cityCode, on }: { cityCode: CityCode; on: string },
): Reading<ReadRow> {
  /** What is wrong with the cell itself comes before what it says. */
  const read = <T>(key: InstitutionKey, readText: (text: string) => CellReading<T>): CellReading<T> => {
    const fault = faults?.[key];
    if (fault) return { ok: false, error: { code: fault } };
    const text = cells[key] ?? '';
    const said = readText(text);
    return said.ok || text.length <= CELL_CHARS_MAX ? said : { ok: false, error: { code: 'cell_too_long' } };
  };
  const name = read('name', readName);
  if (!name.ok) return refuse(row, 'name', name.error);
  const uscc = read('uscc', readUscc);
  if (!uscc.ok) return refuse(row, 'uscc', uscc.error);
  const county = read('county', text => readCounty(text, cityCode));
  if (!county.ok) return refuse(row, 'county', county.error);
  const projects = read('projects', readProjects);
  if (!projects.ok) return refuse(row, 'projects', projects.error);
  const fields = {
    row,
    uscc: uscc.data,
    name: name.data,
    countyCode: county.data,
    projectIds: projects.data,
  };

  const hasAdministrator = (['administratorName', 'administratorIdNumber'] as const).some(
    key => faults?.[key] !== undefined || !isBlank(cells[key]),
  );
  if (!hasAdministrator) return { ok: true, data: fields };
  const person = read('administratorName', readPersonName);
  if (!person.ok) return refuse(row, 'administratorName', person.error);
  const idNumber = read('administratorIdNumber', text => readIdNumber(text, on));
  if (!idNumber.ok) return refuse(row, 'administratorIdNumber', idNumber.error);
  return { ok: true, data: { ...fields, administrator: { name: person.data, idNumber: idNumber.data } } };
}

const isBlank = (cell = ''): boolean => toOneLine(cell) === '';

/** Rows of one institution must agree, and each but the first must bring an administrator. */
function placeRow(read: ReadRow, institutions: Map<string, KnownInstitution>): Reading<InstitutionRow> {
  const { row, uscc, administrator } = read;
  const known = institutions.get(uscc);
  if (!known) return beginInstitution(read, institutions);
  const { first, rowOf } = known;
  if (differs(read, first.institution))
    return refuse(row, undefined, { code: 'institution_differs', data: { firstRow: first.row } });
  const earlier = administrator ? rowOf.get(administrator.idNumber) : first.row;
  if (earlier !== undefined)
    return refuse(row, undefined, { code: 'duplicate_in_file', data: { firstRow: earlier } });
  if (administrator) rowOf.set(administrator.idNumber, row);
  return { ok: true, data: { ...first, row, ...(administrator && { administrator }) } };
}

function beginInstitution(
  { row, uscc, name, countyCode, projectIds, administrator }: ReadRow,
  institutions: Map<string, KnownInstitution>,
): Reading<InstitutionRow> {
  if (name === undefined) return refuse(row, 'name', { code: 'institution_name_missing' });
  const first: InstitutionRow = {
    row,
    institution: {
      name,
      uscc,
      ...(countyCode && { countyCode }),
      ...(projectIds && projectIds.length > 0 && { projectIds }),
    },
    given: { county: countyCode !== undefined, projects: projectIds !== undefined },
    ...(administrator && { administrator }),
  };
  institutions.set(uscc, { first, rowOf: new Map(administrator ? [[administrator.idNumber, row]] : []) });
  return { ok: true, data: first };
}

/** What is left empty differs from nothing. */
export const differs = (
  { name, countyCode, projectIds }: Pick<ReadRow, 'name' | 'countyCode' | 'projectIds'>,
  known: Omit<InstitutionFields, 'uscc'>,
): boolean =>
  (name !== undefined && toHalfWidth(name) !== toHalfWidth(known.name)) ||
  (countyCode !== undefined && countyCode !== known.countyCode) ||
  (projectIds !== undefined && !areSame(projectIds, known.projectIds ?? []));

const areSame = (some: readonly ProjectId[], others: readonly ProjectId[]): boolean =>
  some.length === others.length && some.every(id => others.includes(id));

const readName = (text: string): CellReading<string | undefined> => {
  const name = toOneLine(text);
  if (name.length > LIMITS.nameCharsMax) return { ok: false, error: { code: 'cell_too_long' } };
  return { ok: true, data: name === '' ? undefined : name };
};

const readUscc = (text: string): CellReading<string> => {
  const uscc = parseUscc(text);
  return uscc === undefined ? { ok: false, error: { code: 'uscc_invalid' } } : { ok: true, data: uscc };
};

/** A name, with its city before it or not, or a code. Two counties of Shandong share a name, in different cities. */
function readCounty(text: string, cityCode: CityCode): CellReading<CountyCode | undefined> {
  const typed = toHalfWidth(text).replace(/\s/g, '');
  if (typed === '') return { ok: true, data: undefined };
  const fitting = COUNTY_CODES.filter(code => code === typed || isNameOf(code, typed));
  const own = fitting.find(code => cityOfCounty(code) === cityCode);
  if (own) return { ok: true, data: own };
  return { ok: false, error: { code: fitting.length > 0 ? 'county_of_other_city' : 'county_unknown' } };
}

/** Nothing stands before the county's name but its city and the province. */
const isNameOf = (code: CountyCode, typed: string): boolean =>
  new RegExp(`^(山东省?)?(${CITIES[cityOfCounty(code)]}市?)?${COUNTIES[code]}$`).test(typed);

const SEPARATORS = /[、,;/|]|和|及/;
const ALL_PROJECTS = new Set(['全部', '所有', '不限', '全部项目', '所有项目']);

/** '“金蓝领”培训', '金蓝领' and '金蓝领培训' are one. */
const toProjectText = (text: string): string => text.replace(/[“”"'‘’「」\s]/g, '').replace(/培训$/, '');

/** @returns undefined for an empty cell; no project where all are meant. */
function readProjects(text: string): CellReading<ProjectId[] | undefined> {
  const typed = toHalfWidth(text.replace(/[\r\n]+/g, '、'));
  if (typed === '') return { ok: true, data: undefined };
  if (ALL_PROJECTS.has(typed)) return { ok: true, data: [] };
  const parts = typed.split(SEPARATORS).filter(part => part.trim() !== '');
  // A blank within a name is overlooked; between names it separates them.
  const found = parts.flatMap(part => findProject(part) ?? part.trim().split(' ').map(findProject));
  const ids = PROJECT_IDS.filter(id => found.includes(id));
  return ids.length === 0 || found.includes(undefined)
    ? { ok: false, error: { code: 'project_unknown' } }
    : { ok: true, data: ids };
}

const findProject = (text: string): ProjectId | undefined =>
  PROJECT_IDS.find(id => toProjectText(PROJECTS[id].name) === toProjectText(text));
