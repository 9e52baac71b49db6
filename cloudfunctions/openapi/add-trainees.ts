import * as v from 'valibot';
import type { RowProblem } from '../../miniprogram/contract/imports';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { parseRosterRows } from '../shared/domain/roster-rows';
import { addCandidates } from '../shared/roster/add-candidates';
import { examine } from '../shared/roster/candidates';
import { loadRosterOwner } from '../shared/roster/owner';
import { ClassId } from '../shared/runtime/input';
import { isWithin } from './fields';
import { checkOwnActive } from './own-institution';
import { BODY_BYTES_MAX, writingInterface, ROWS_MAX } from './open-interface';
import { refusedRow, rowResults } from './rows';

const CELL_CHARACTERS_MAX = 200;
const Cell = (description: string) =>
  v.pipe(v.string(), v.maxLength(CELL_CHARACTERS_MAX), v.description(description));

/** Short names, so that a thousand rows fit into one body. */
const Trainee = v.strictObject({
  name: Cell('姓名，与身份证一致'),
  idNumber: Cell('身份证号'),
  phone: v.exactOptional(Cell('手机号，可以不填；不是一个手机号的不登记')),
  contract: v.pipe(v.boolean(), v.description('是否签订劳动合同')),
  pension: v.pipe(v.boolean(), v.description('是否缴纳企业养老保险')),
});
type Trainee = v.InferOutput<typeof Trainee>;

const yesOrNo = (fact: boolean): string => (fact ? '是' : '否');

/** The row as a roster's file would have it: read by the same rules. */
const toSheetRow = ({ name, idNumber, phone = '', contract, pension }: Trainee, position: number) => ({
  row: position + 1,
  cells: {
    name,
    idNumber,
    phone,
    labourContract: yesOrNo(contract),
    enterprisePension: yesOrNo(pension),
  },
});

export const addTrainees = writingInterface({
  name: 'addTrainees',
  title: '批量添加培训人员',
  description:
    '把人员加入一个班期的名册，规则与导入名册文件完全相同，每行一个结果：有问题的行写明原因，其余的行照常加入。班期要在编制中或已退回。同一幂等键重发同样的内容，得到第一次的结果。放不进一次请求的，分几次添加。',
  kinds: ['city', 'institution'],
  actingPerson: 'none',
  writes: true,
  idempotentBy: 'stored answer',
  input: v.strictObject({
    classId: v.pipe(ClassId, v.description('班期编号')),
    rows: v.pipe(
      v.array(Trainee),
      v.minLength(1),
      v.maxLength(ROWS_MAX),
      v.description('人员，每行一名，最多1000行'),
    ),
  }),
  output: v.strictObject({
    addedCount: v.pipe(v.number(), v.integer(), v.description('加入名册的人数')),
    rows: rowResults({}),
  }),
  rows: { field: 'rows', max: ROWS_MAX },
  bodyBytesMax: BODY_BYTES_MAX,
  requestsMax: 20,
  successStatus: 200,
  errors: ['institution_not_active', 'class_not_found', 'roster_locked'],
  rowErrors: [
    'id_number_invalid',
    'name_missing',
    'name_character_unusable',
    'cell_too_long',
    'duplicate_in_file',
    'already_on_roster',
    'already_holds_voucher',
    'no_labour_contract',
    'no_pension_insurance',
    'age_out_of_range',
  ],
  run: async ({ input: { classId, rows }, client, nowMs, deadlineMs, request: { key } }) => {
    const [roster, active] = await Promise.all([
      loadRosterOwner({ classId }, place => isWithin(client, place)),
      checkOwnActive(client),
    ]);
    if (!roster.ok) return roster;
    if (!active.ok) return active;
    if (roster.data.isLocked) return fail('roster_locked');
    const parsed = parseRosterRows(rows.map(toSheetRow), dayOf(nowMs));
    const examined = await examine(parsed.people, roster.data, { importKey: key, nowMs });
    const { candidates } = examined;
    const late: Result<RowProblem[]> =
      candidates.length === 0
        ? ok([])
        : await addCandidates(candidates, roster.data, { importKey: key, nowMs, deadlineMs });
    if (!late.ok) return late;
    const problems = [...parsed.problems, ...examined.problems, ...late.data];
    const problemOf = new Map(problems.map(problem => [problem.row, problem]));
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
