import type { ChannelKind } from '../../../miniprogram/contract/channels';
import type { ChannelNumber } from '../../../miniprogram/contract/ids';
import type { RowProblem } from '../../../miniprogram/contract/imports';
import { LIMITS } from '../../../miniprogram/contract/limits';
import { toCodeText, toHalfWidth, toOneLine } from '../../../miniprogram/contract/plain-text';
import {
  CELL_CHARS_MAX,
  type CellReading,
  type CellRefusal,
  type ColumnDefinition,
  type SheetRow,
} from './column';
import { parseYesOrNo } from './yes-or-no';

type ChannelKey = 'channelNumber' | 'name' | 'kind' | 'issuing';

const COLUMNS: { readonly [Key in ChannelKey]: ColumnDefinition<Key> } = {
  channelNumber: {
    key: 'channelNumber',
    headers: ['渠道编号', '渠道号', '渠道编码', '渠道代码', '电子社保卡渠道编号', '编号'],
    required: true,
  },
  name: {
    key: 'name',
    headers: [
      '渠道名称',
      '电子社保卡渠道名称',
      '电子社保卡申领渠道',
      '申领渠道',
      '签发渠道名称',
      '渠道',
      '名称',
    ],
    required: true,
  },
  kind: {
    key: 'kind',
    headers: ['渠道类型', '类型', '渠道类别', '渠道形式', '渠道形态'],
    required: true,
  },
  issuing: {
    key: 'issuing',
    headers: ['是否签发渠道', '签发渠道', '是否签发', '是否电子社保卡签发渠道', '是否为签发渠道'],
    required: true,
  },
};

/** Columns of a file of a city's e-SSC channels (渠道). */
export const CHANNEL_COLUMNS: readonly ColumnDefinition[] = Object.values(COLUMNS);

/** What the empty form says on how it is filled in. */
export const CHANNEL_FORM_NOTES: readonly string[] = [
  '一行一个渠道，四列都要填写。一次最多1万行。',
  '“渠道编号”是10位数字；“渠道名称”填写电子社保卡申领渠道的全称。',
  '“渠道类型”只能填：小程序、手机应用、公众号、网页。',
  '“是否签发渠道”只填“是”或“否”。签发渠道计入80%开通率的总数。',
  '导入只登记渠道，登记以后还没有开通领券，要在渠道页面上逐个开通。已经登记过的渠道不会改动。',
];

/** A good row of a file of channels. */
export interface ChannelRow {
  row: number;
  channelNumber: ChannelNumber;
  name: string;
  kind: ChannelKind;
  issuing: boolean;
}

export interface ChannelRows {
  rows: ChannelRow[];
  problems: RowProblem[];
}

/**
 * Reads the rows of a file of channels: each is either good or exactly one problem, the first in the order number, name,
 * kind, issuing, double. Problems: channel_number_invalid, channel_name_missing, channel_kind_unknown, cell_not_yes_or_no,
 * cell_too_long, what is wrong with a cell, duplicate_in_file {firstRow}.
 */
export function parseChannelRows(sheetRows: readonly SheetRow[]): ChannelRows {
  const parsed: ChannelRows = { rows: [], problems: [] };
  const firstRowOf = new Map<string, number>();
  for (const sheetRow of sheetRows) {
    const read = readRow(sheetRow);
    const firstRow = read.ok ? firstRowOf.get(read.data.channelNumber) : undefined;
    if (!read.ok) parsed.problems.push(read.problem);
    else if (firstRow !== undefined) {
      const column = COLUMNS.channelNumber.headers[0];
      parsed.problems.push({
        row: sheetRow.row,
        column,
        code: 'duplicate_in_file',
        data: { firstRow },
      });
    } else {
      firstRowOf.set(read.data.channelNumber, sheetRow.row);
      parsed.rows.push(read.data);
    }
  }
  return parsed;
}

type ReadRow = { ok: true; data: ChannelRow } | { ok: false; problem: RowProblem };

function readRow({ row, cells, faults }: SheetRow): ReadRow {
  const refuse = (key: ChannelKey, reason: CellRefusal): ReadRow => ({
    ok: false,
    problem: { row, column: COLUMNS[key].headers[0], ...reason },
  });
  /** What is wrong with the cell itself comes before what it says. */
  const read = <T>(key: ChannelKey, readText: (text: string) => CellReading<T>): CellReading<T> => {
    const fault = faults?.[key];
    if (fault) return { ok: false, error: { code: fault } };
    const text = cells[key] ?? '';
    const said = readText(text);
    return said.ok || text.length <= CELL_CHARS_MAX ? said : { ok: false, error: { code: 'cell_too_long' } };
  };
  const channelNumber = read('channelNumber', readNumber);
  if (!channelNumber.ok) return refuse('channelNumber', channelNumber.error);
  const name = read('name', readName);
  if (!name.ok) return refuse('name', name.error);
  const kind = read('kind', readKind);
  if (!kind.ok) return refuse('kind', kind.error);
  const issuing = read('issuing', readYesOrNo);
  if (!issuing.ok) return refuse('issuing', issuing.error);
  return {
    ok: true,
    data: {
      row,
      channelNumber: channelNumber.data,
      name: name.data,
      kind: kind.data,
      issuing: issuing.data,
    },
  };
}

const no = (code: CellRefusal['code']): { ok: false; error: CellRefusal } => ({ ok: false, error: { code } });

const readNumber = (text: string): CellReading<ChannelNumber> => {
  const number = toCodeText(text);
  return /^\d{10}$/.test(number) ? { ok: true, data: number as ChannelNumber } : no('channel_number_invalid');
};

const readName = (text: string): CellReading<string> => {
  const name = toOneLine(text);
  if (name === '') return no('channel_name_missing');
  return name.length > LIMITS.nameCharsMax ? no('cell_too_long') : { ok: true, data: name };
};

const KINDS: Readonly<Record<ChannelKind, readonly string[]>> = {
  mini_program: ['小程序', '微信小程序', '支付宝小程序', 'miniprogram'],
  app: ['手机应用', 'app', '手机app', '移动应用', '客户端', '手机客户端'],
  official_account: ['公众号', '微信公众号', '服务号', '微信服务号', '订阅号', '服务号/公众号'],
  web: ['网页', '网站', '网上大厅', '门户网站', 'h5', 'web', 'pc端'],
};

const readKind = (text: string): CellReading<ChannelKind> => {
  const typed = toHalfWidth(text).replace(/\s/g, '').toLowerCase();
  const [found] = Object.entries(KINDS).find(([, words]) => words.includes(typed)) ?? [];
  return found === undefined ? no('channel_kind_unknown') : { ok: true, data: found as ChannelKind };
};

const readYesOrNo = (text: string): CellReading<boolean> => {
  const answer = parseYesOrNo(text);
  return answer === undefined ? no('cell_not_yes_or_no') : { ok: true, data: answer };
};
