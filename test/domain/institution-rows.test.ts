import { parseInstitutionRows } from '../../cloudfunctions/shared/domain/institution-rows';
import { aUscc } from '../support/callers';
import { aPerson } from '../support/people';

const parse = (...rows: Record<string, string>[]) =>
  parseInstitutionRows(
    rows.map((cells, at) => ({ row: at + 2, cells })),
    { cityCode: '3701', on: '2026-11-28' },
  );
const aRow = (more: Record<string, string> = {}) => ({ name: '泉城学校', uscc: aUscc(1), ...more });

describe('the county of a row', () => {
  test.each([
    ['历城区', '370112'],
    ['济南市历城区', '370112'],
    ['山东省济南市 历城区', '370112'],
    ['370112', '370112'],
    ['市中区', '370103'],
    ['', undefined],
  ])('%s', (county, code) => {
    expect(parse(aRow({ county })).rows[0]?.institution.countyCode).toBe(code);
  });

  test.each([
    ['市南区', 'county_of_other_city'],
    ['370202', 'county_of_other_city'],
    ['高新区', 'county_unknown'],
    ['不是历城区', 'county_unknown'],
  ])('%s is refused', (county, code) => {
    expect(parse(aRow({ county })).problems).toEqual([{ row: 2, column: '区县', code }]);
  });
});

describe('the projects of a row', () => {
  test.each([
    ['', undefined],
    ['全部', undefined],
    ['岗前培训', ['pre_job']],
    ['“金蓝领”培训；岗前培训', ['pre_job', 'golden_blue']],
    ['金蓝领、企业新型学徒制', ['golden_blue', 'apprenticeship']],
    ['岗前培训 岗位技能提升培训', ['pre_job', 'skill_upgrade']],
    ['岗前培训\n金蓝领培训', ['pre_job', 'golden_blue']],
    ['岗前,岗前培训', ['pre_job']],
  ])('%j', (projects, ids) => {
    expect(parse(aRow({ projects })).rows[0]?.institution.projectIds).toEqual(ids);
  });

  test.each(['舞蹈', '岗前培训、舞蹈', '、'])('%s is refused', projects => {
    expect(parse(aRow({ projects })).problems).toEqual([
      { row: 2, column: '可开展项目', code: 'project_unknown' },
    ]);
  });
});

test('further rows of an institution bring further administrators and may leave its fields empty', () => {
  const [first, second] = [aPerson(1), aPerson(2)];
  const of = ({ name, idNumber }: typeof first) => ({
    administratorName: name,
    administratorIdNumber: idNumber,
  });
  const { rows, problems } = parse(
    aRow({ county: '历城区', projects: '岗前培训', ...of(first) }),
    { name: '', uscc: aUscc(1).toLowerCase(), ...of(second) },
    aRow({ county: '历下区', ...of(aPerson(3)) }),
    aRow({ projects: '岗前培训、金蓝领', ...of(aPerson(3)) }),
    aRow(of(second)),
    aRow(),
  );

  expect(rows.map(({ institution }) => institution)).toEqual([
    { name: '泉城学校', uscc: aUscc(1), countyCode: '370112', projectIds: ['pre_job'] },
    { name: '泉城学校', uscc: aUscc(1), countyCode: '370112', projectIds: ['pre_job'] },
  ]);
  expect(problems).toEqual([
    { row: 4, code: 'institution_differs', data: { firstRow: 2 } },
    { row: 5, code: 'institution_differs', data: { firstRow: 2 } },
    { row: 6, code: 'duplicate_in_file', data: { firstRow: 3 } },
    { row: 7, code: 'duplicate_in_file', data: { firstRow: 2 } },
  ]);
});

test('a row that is refused defines no institution: the next one does', () => {
  const { rows, problems } = parse(aRow({ administratorName: '张三' }), aRow({ name: '新名学校' }));

  expect(problems).toMatchObject([{ row: 2, column: '管理员身份证号', code: 'id_number_invalid' }]);
  expect(rows).toMatchObject([{ row: 3, institution: { name: '新名学校' } }]);
});
