import * as v from 'valibot';
import type { InstitutionId } from '../../miniprogram/contract/ids';
import { fail, ok } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { parseInstitutionRows, type InstitutionRow } from '../shared/domain/institution-rows';
import { roleAt } from '../shared/domain/scope';
import { addInstitutionRows } from '../shared/jobs/institutions-job';
import { findActing } from '../shared/people/acting-person';
import { newIdOfPart } from '../shared/runtime/new-id';
import type { RequestOfCall } from '../shared/runtime/operation';
import type { InstitutionJobRow } from '../shared/store/jobs';
import { OfficerIdNumber } from './fields';
import { BODY_BYTES_MAX, ROWS_MAX, writingInterface } from './open-interface';
import { refusedRow, rowResults } from './rows';

const CELL_CHARACTERS_MAX = 200;
const Cell = (description: string) =>
  v.pipe(v.string(), v.maxLength(CELL_CHARACTERS_MAX), v.description(description));

const Institution = v.strictObject({
  name: Cell('机构名称，与登记证书一致'),
  uscc: Cell('统一社会信用代码，18位'),
  county: v.exactOptional(Cell('区县：本市的区县名称或六位代码，可以不填')),
  projects: v.exactOptional(Cell('可开展的项目，用顿号隔开；不填就是全部项目')),
});
type Institution = v.InferOutput<typeof Institution>;

/** The row as a file would have it: read by the same rules. */
const toSheetRow = (cells: Institution, position: number) => ({ row: position + 1, cells: { ...cells } });

const toJobRow = (
  { row, institution, given }: InstitutionRow,
  request: RequestOfCall,
): InstitutionJobRow => ({
  row,
  institution: { id: newIdOfPart<InstitutionId>(request, institution.uscc), ...institution },
  given,
});

export const addInstitutions = writingInterface({
  name: 'addInstitutions',
  title: '批量添加培训机构',
  description:
    '登记本市的培训机构，规则与导入机构文件完全相同，每行一个结果：有问题的行写明原因，其余的行照常登记。已经登记过的机构不会改动。管理员由业务经办人员在机构页面或用文件开通。同一幂等键重发同样的内容，得到第一次的结果。放不进一次请求的，分几次添加。',
  kinds: ['city'],
  actingPerson: 'clerk',
  writes: true,
  idempotentBy: 'stored answer',
  input: v.strictObject({
    officerIdNumber: OfficerIdNumber,
    rows: v.pipe(
      v.array(Institution),
      v.minLength(1),
      v.maxLength(ROWS_MAX),
      v.description('机构，每行一家，最多1000行'),
    ),
  }),
  output: v.strictObject({
    addedCount: v.pipe(v.number(), v.integer(), v.description('新登记的机构数')),
    rows: rowResults({}),
  }),
  rows: { field: 'rows', max: ROWS_MAX },
  bodyBytesMax: BODY_BYTES_MAX,
  requestsMax: 12,
  successStatus: 200,
  errors: ['id_number_invalid', 'acting_person_not_active'],
  rowErrors: [
    'institution_name_missing',
    'uscc_invalid',
    'county_unknown',
    'county_of_other_city',
    'project_unknown',
    'cell_too_long',
    'institution_differs',
    'duplicate_in_file',
    'institution_already_exists',
  ],
  run: async ({ input: { officerIdNumber, rows }, client, nowMs, request }) => {
    const { cityCode } = client;
    const actor = await findActing('training.importInstitutions', client, {
      idNumber: officerIdNumber,
      nowMs,
    });
    if (!actor.ok) return actor;
    const by = roleAt(actor.data, { cityCode });
    if (!by) return fail('acting_person_not_active');
    const parsed = parseInstitutionRows(rows.map(toSheetRow), { cityCode, on: dayOf(nowMs) });
    const good = parsed.rows.map(row => toJobRow(row, request));
    const context = { cityCode, by, nowMs: request.firstAtMs, requestId: request.id };
    const refused = good.length === 0 ? [] : await addInstitutionRows(good, context);
    const problemOf = new Map([...parsed.problems, ...refused].map(problem => [problem.row, problem]));
    return ok({
      addedCount: rows.length - problemOf.size,
      rows: rows.map((_row, position) => {
        const row = position + 1;
        const problem = problemOf.get(row);
        return problem ? refusedRow(row, problem) : { row, ok: true as const };
      }),
    });
  },
});
