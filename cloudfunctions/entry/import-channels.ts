import * as v from 'valibot';
import type { CityCode } from '../../miniprogram/contract/areas';
import {
  GOOD_ROWS_SHOWN_MAX,
  IMPORT_BYTES_MAX,
  IMPORT_ROWS_MAX,
  type RowProblem,
  type TableSource,
} from '../../miniprogram/contract/imports';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { CHANNEL_KIND_NAMES } from '../../miniprogram/text/voucher-text';
import {
  CHANNEL_COLUMNS,
  CHANNEL_FORM_NOTES,
  parseChannelRows,
  type ChannelRow,
} from '../shared/domain/channel-rows';
import { roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import { writeBlankTable } from '../shared/imports/blank-table';
import { toImportReport } from '../shared/imports/import-report';
import { readTable } from '../shared/imports/table';
import { City, FileId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { randomText } from '../shared/runtime/random';
import { channels, type Channel } from '../shared/store/channels';
import { chunksOf } from '../shared/store/document-collection';
import { deleteFile, handOutPlace, handOver, readUpload, type UploadPurpose } from '../shared/store/files';

const ChannelFile = v.strictObject({ cityCode: City, fileId: FileId });

/** Others register channels meanwhile; a third failure in a row is no accident any more. */
const INSERT_ATTEMPTS = 4;

const uploadOf = ({ personKey }: Actor, cityCode: CityCode): UploadPurpose => ({
  personKey,
  purpose: 'channels',
  placeId: cityCode,
});

/** Nothing is uploaded that could not be imported: who may not do so learns it before. */
export const startUpload = operation('entry.startUpload', {
  input: v.strictObject({ cityCode: City }),
  // The place follows from the request.
  repeatsFromHistory: true,
  run: async ({ input: { cityCode }, actor, request }) =>
    roleAt(actor, { cityCode })
      ? ok(await handOutPlace(request.key, uploadOf(actor, cityCode)))
      : fail('role_not_allowed'),
});

/** An empty form with the rules of filling it in on a sheet of its own. */
export const getChannelForm = operation('entry.getChannelForm', {
  input: v.strictObject({}),
  run: async () => {
    const form = await writeBlankTable(CHANNEL_COLUMNS, CHANNEL_FORM_NOTES);
    return ok(await handOver(`results/${randomText(32)}.xlsx`, form));
  },
});

/** The dry run: the same judgement, nothing stored. */
export const checkChannels = operation('entry.checkChannels', {
  input: ChannelFile,
  run: async ({ input: { cityCode, fileId }, actor }) => {
    if (!roleAt(actor, { cityCode })) return fail('role_not_allowed');
    const file = await readChannelFile(fileId, uploadOf(actor, cityCode));
    if (!file.ok) return file;
    const { parsed, ...table } = file.data;
    const known = await findKnown(parsed.rows);
    const isNew = ({ channelNumber }: ChannelRow): boolean => !known.has(channelNumber);
    const problems = [...parsed.problems, ...refuseKnown(parsed.rows.filter(row => !isNew(row)))];
    const report = await toImportReport({ ...table, added: 0, problems }, randomText(32));
    const goodRows = parsed.rows.filter(isNew).slice(0, GOOD_ROWS_SHOWN_MAX);
    return ok({ ...report, goodRows: goodRows.map(row => ({ row: row.row, text: toText(row) })) });
  },
});

const toText = ({ channelNumber, name, kind, issuing }: ChannelRow): string =>
  [channelNumber, name, CHANNEL_KIND_NAMES[kind], issuing ? '签发渠道' : '非签发渠道'].join('，');

/** Registers the channels. Opening them for vouchers is a decision of its own, after the network entry (入网申请). */
export const importChannels = operation('entry.importChannels', {
  input: ChannelFile,
  run: async ({ input: { cityCode, fileId }, actor, nowMs, request, deadlineMs }) => {
    const by = roleAt(actor, { cityCode });
    if (!by) return fail('role_not_allowed');
    const file = await readChannelFile(fileId, uploadOf(actor, cityCode));
    if (!file.ok) return file;
    const { parsed, ...table } = file.data;
    const refused: RowProblem[] = [];
    for (const chunk of chunksOf(parsed.rows)) {
      if (Date.now() >= deadlineMs) return fail('service_busy');
      refused.push(...(await register(chunk, { cityCode, by, nowMs, requestId: request.id })));
    }
    const added = parsed.rows.length - refused.length;
    const problems = [...parsed.problems, ...refused];
    return ok(await toImportReport({ ...table, added, problems }, request.key));
  },
  afterwards: ({ input }) => deleteFile(input.fileId),
});

interface ChannelTable {
  rows: number;
  source: TableSource;
  parsed: ReturnType<typeof parseChannelRows>;
}

async function readChannelFile(fileId: string, upload: UploadPurpose): Promise<Result<ChannelTable>> {
  const bytes = await readUpload(fileId, upload, IMPORT_BYTES_MAX);
  if (!bytes.ok) return bytes;
  const bounds = { columns: CHANNEL_COLUMNS, rowsMax: IMPORT_ROWS_MAX, bytesMax: IMPORT_BYTES_MAX };
  const table = await readTable(bytes.data, bounds);
  if (!table.ok) return table;
  const { rows, source } = table.data;
  return ok({ rows: rows.length, source, parsed: parseChannelRows(rows) });
}

const numbersOf = (rows: readonly ChannelRow[]) => rows.map(({ channelNumber }) => channelNumber);

async function findKnown(rows: readonly ChannelRow[]): Promise<Map<string, Channel>> {
  const found = await channels.findMany(numbersOf(rows));
  return new Map(found.map(channel => [channel.id, channel]));
}

const refuseKnown = (rows: readonly ChannelRow[]): RowProblem[] =>
  rows.map(({ row }) => ({ row, code: 'channel_already_exists' }));

/** Inserts what is not there yet. @returns a problem for each row that is there by another request. */
async function register(
  rows: readonly ChannelRow[],
  {
    cityCode,
    by,
    nowMs,
    requestId,
  }: { cityCode: CityCode; by: ActingPerson; nowMs: number; requestId: string },
): Promise<RowProblem[]> {
  for (let attempt = 0; attempt < INSERT_ATTEMPTS; attempt++) {
    const known = await findKnown(rows);
    const missing = rows.filter(({ channelNumber }) => !known.has(channelNumber));
    const isDone = await channels.insertMany(
      missing.map(({ row: _row, channelNumber, ...fields }) => ({
        id: channelNumber,
        version: 1,
        cityCode,
        ...fields,
        voucherOpen: false,
        history: [{ command: 'add', atMs: nowMs, by, requestId, changes: [] }],
      })),
    );
    if (!isDone) continue;
    // What an earlier try of this very request has registered counts as registered by it.
    const isOthers = ({ channelNumber }: ChannelRow): boolean => {
      const first = known.get(channelNumber)?.history[0];
      const isOwn = first?.requestId === requestId && first.by.personKey === by.personKey;
      return known.has(channelNumber) && !isOwn;
    };
    return refuseKnown(rows.filter(isOthers));
  }
  throw new Error('channels kept colliding');
}
