import * as v from 'valibot';
import {
  GOOD_ROWS_SHOWN_MAX,
  IMPORT_BYTES_MAX,
  IMPORT_ROWS_MAX,
  type GoodRow,
  type RowNote,
  type TableSource,
} from '../../miniprogram/contract/imports';
import { ok, type Result } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { maskIdNumber } from '../shared/domain/id-number';
import { maskName } from '../shared/domain/person-name';
import { ownerIdOf, type Owner } from '../shared/domain/issue';
import { parseRosterRows, ROSTER_COLUMNS } from '../shared/domain/roster-rows';
import { roleAt, type Actor, type Place } from '../shared/domain/scope';
import { readTable } from '../shared/imports/table';
import { ClassId, FileId, RosterOwner as RosterOwnerInput, TemplateId } from '../shared/runtime/input';
import { operation, type CallOf } from '../shared/runtime/operation';
import { randomText } from '../shared/runtime/random';
import { deleteFile, handOutPlace, readUpload, type UploadPurpose } from '../shared/store/files';
import { toImportReport } from '../shared/imports/import-report';
import { addCandidates } from '../shared/roster/add-candidates';
import { examine, type Candidate, type Examined } from '../shared/roster/candidates';
import { loadOpenRoster, type RosterOwner } from '../shared/roster/owner';

const RosterFile = v.union([
  v.strictObject({ classId: ClassId, fileId: FileId }),
  v.strictObject({ templateId: TemplateId, fileId: FileId }),
]);

type CheckCall = CallOf<'training.checkRoster'>;

interface ReadRoster extends Examined {
  roster: RosterOwner;
  rows: number;
  notes: RowNote[];
  source: TableSource;
}

/** Nothing is uploaded that could not be imported: who may not do so, or not now, learns it before. */
export const startUpload = operation('training.startUpload', {
  input: RosterOwnerInput,
  // The place follows from the request.
  repeatsFromHistory: true,
  run: async ({ input, actor, request }) => {
    const loaded = await loadOpenRoster(input, theirs(actor));
    if (!loaded.ok) return loaded;
    return ok(await handOutPlace(request.key, uploadOf(actor, input)));
  },
});

const theirs = (actor: Actor) => (place: Place) => roleAt(actor, place) !== undefined;

const uploadOf = ({ personKey }: Actor, owner: Owner): UploadPurpose => ({
  personKey,
  purpose: 'roster',
  placeId: ownerIdOf(owner),
});

/** The dry run: the same judgement, nothing stored. */
export const checkRoster = operation('training.checkRoster', {
  input: RosterFile,
  run: async call => {
    const read = await readRoster(call, undefined);
    if (!read.ok) return read;
    const report = await toImportReport({ ...read.data, added: 0 }, randomText(32));
    return ok({ ...report, goodRows: read.data.candidates.slice(0, GOOD_ROWS_SHOWN_MAX).map(toGoodRow) });
  },
});

const toGoodRow = ({ row, name, idNumber }: Candidate): GoodRow => ({
  row,
  text: `${maskName(name)}，${maskIdNumber(idNumber)}`,
});

export const importRoster = operation('training.importRoster', {
  input: RosterFile,
  run: async call => {
    const read = await readRoster(call, call.request.key);
    if (!read.ok) return read;
    const { request, nowMs, deadlineMs } = call;
    const context = { importKey: request.key, nowMs, deadlineMs };
    const taken = await addCandidates(read.data.candidates, read.data.roster, context);
    if (!taken.ok) return taken;
    const problems = [...read.data.problems, ...taken.data];
    const added = read.data.candidates.length - taken.data.length;
    const { rows, source, notes } = read.data;
    return ok(await toImportReport({ rows, added, problems, notes, source }, call.request.key));
  },
  // The file holds ID numbers, so it goes; without it the answer could not be found again, so that comes first.
  afterwards: ({ input }) => deleteFile(input.fileId),
});

/** Guards in order: owner exists and is yours · roster open · file readable; then row by row. */
async function readRoster(
  { input, actor, nowMs }: CheckCall,
  importKey: string | undefined,
): Promise<Result<ReadRoster>> {
  const { fileId, ...owner } = input;
  const loaded = await loadOpenRoster(owner, theirs(actor));
  if (!loaded.ok) return loaded;
  const bytes = await readUpload(fileId, uploadOf(actor, owner), IMPORT_BYTES_MAX);
  if (!bytes.ok) return bytes;
  const bounds = { columns: ROSTER_COLUMNS, rowsMax: IMPORT_ROWS_MAX, bytesMax: IMPORT_BYTES_MAX };
  const table = await readTable(bytes.data, bounds);
  if (!table.ok) return table;
  const parsed = parseRosterRows(table.data.rows, dayOf(nowMs));
  const examined = await examine(parsed.people, loaded.data, { importKey, nowMs });
  return ok({
    roster: loaded.data,
    rows: table.data.rows.length,
    source: table.data.source,
    candidates: examined.candidates,
    problems: [...parsed.problems, ...examined.problems],
    notes: parsed.notes,
  });
}
