import { AlignmentType, Document, Packer, Paragraph, TextRun } from 'docx';
import {
  ACCOUNT_COLUMNS,
  ENTRY_FIELDS,
  ENTRY_FORM_TITLE,
  FILLED_ON_LABEL,
  NOT_TICKED,
  SEAL_LINES,
  TICKED,
} from '../../miniprogram/text/entry-form-text';
import { formTable, TABLE_WIDTH, words, type Cell, type Line, type Row } from './form-table';

/** A choice of the form, ticked or not. */
export interface PrintedChoice {
  label: string;
  isTicked: boolean;
}

/** An interface with its printed place. */
export interface PrintedInterface extends PrintedChoice {
  /** From 1. */
  row: number;
  column: 1 | 2;
}

export type PrintedAccount = Record<keyof typeof ACCOUNT_COLUMNS, string>;

/** A seal block; what is not known yet is empty. */
export interface PrintedSeal {
  label: string;
  contactName: string;
  contactPhone: string;
  /** YYYY-MM-DD. */
  sealedOn: string;
}

/** 《职业培训券正式入网申请表》 as it is filled in: everything in clear, so nothing of it may be logged. Empty texts leave their box empty. */
export interface PrintedEntryForm {
  /** YYYY-MM-DD. */
  filledOn: string;
  applicantName: string;
  applicantUscc: string;
  channelName: string;
  channelNumber: string;
  issueModes: readonly PrintedChoice[];
  functionModes: readonly PrintedChoice[];
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  interfaces: readonly PrintedInterface[];
  accounts: readonly PrintedAccount[];
  /** From left to right, two in a row. */
  seals: readonly PrintedSeal[];
}

/** Where the boxes of the fields end; those of the account rows and seals have their own ends. */
const FIELD = { label: 2_000, value: 4_700, secondLabel: 6_400, secondValue: TABLE_WIDTH } as const;
const INTERFACE_MIDDLE = 5_800;
const ACCOUNT_ENDS: Record<keyof PrintedAccount, number> = {
  province: 1_000,
  city: 2_000,
  county: 3_100,
  name: 4_200,
  namePinyin: 5_800,
  phone: 7_300,
  idNumber: TABLE_WIDTH,
};
/** The paper form has room for some people, filled in by hand. */
const EMPTY_ACCOUNT_ROWS = 3;
const ROOM_FOR_SEAL = 900;
const SEAL_HEIGHT = 2_000;

const A4 = { width: 11_906, height: 16_838 };
const MARGIN = { top: 1_134, bottom: 1_134, left: 1_134, right: 1_134 };

const columns = Object.keys(ACCOUNT_COLUMNS) as (keyof PrintedAccount)[];

/** The form as a DOCX file that looks like the notice's own, its boxes ticked. */
export async function writeEntryForm(form: PrintedEntryForm): Promise<Uint8Array> {
  const document = new Document({
    title: ENTRY_FORM_TITLE,
    creator: '',
    lastModifiedBy: '',
    sections: [
      {
        properties: { page: { size: A4, margin: MARGIN } },
        children: [
          heading('附件 2', { size: 32, font: '黑体' }),
          heading(ENTRY_FORM_TITLE, { size: 36, font: '宋体', bold: true, center: true }),
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            spacing: { after: 80 },
            children: [new TextRun({ text: `${FILLED_ON_LABEL}：${printedDay(form.filledOn)}`, font: '宋体', size: 21 })],
          }),
          formTable([...fieldRows(form), ...interfaceRows(form), ...accountRows(form), ...sealRows(form)]),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

interface Heading {
  size: number;
  font: string;
  bold?: boolean;
  center?: boolean;
}

const heading = (text: string, { size, font, bold = false, center = false }: Heading): Paragraph =>
  new Paragraph({
    alignment: center ? AlignmentType.CENTER : AlignmentType.LEFT,
    spacing: { after: 160 },
    children: [new TextRun({ text, size, font, bold })],
  });

/** '2021 年 8 月 16 日'; room to write one in when there is none. */
function printedDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-').map(part => String(Number(part)));
  return day === '' ? '      年    月    日' : `${year} 年 ${month} 月 ${date} 日`;
}

const label = (text: string, until: number): Cell => ({
  lines: [[words(text, 'label')]],
  until,
  align: 'center',
});

/** What was filled in, or the printed hint of an empty box. */
const filled = (value: string, hint: string, until: number): Cell => ({
  lines: [[value === '' ? words(hint, 'hint') : words(value)]],
  until,
});

const choice = ({ label: text, isTicked }: PrintedChoice): Line => [
  words(isTicked ? TICKED : NOT_TICKED, 'box'),
  words(` ${text}`, 'label'),
];

/** Choices of one field, side by side. */
const choices = (options: readonly PrintedChoice[], until: number): Cell => ({
  lines: [options.flatMap((option, index) => [...(index > 0 ? [words('    ', 'label')] : []), ...choice(option)])],
  until,
});

function fieldRows(form: PrintedEntryForm): Row[] {
  const wide = (name: 'applicantName' | 'applicantUscc'): Cell[] => [
    label(ENTRY_FIELDS[name].label, FIELD.label),
    filled(form[name], ENTRY_FIELDS[name].hint, FIELD.secondValue),
  ];
  const text = (name: 'channelName' | 'channelNumber' | 'contactName'): Cell[] => [
    label(ENTRY_FIELDS[name].label, FIELD.label),
    filled(form[name], ENTRY_FIELDS[name].hint, FIELD.value),
  ];
  const picked = (name: 'issueModes' | 'functionModes'): Cell[] => [
    label(ENTRY_FIELDS[name].label, FIELD.secondLabel),
    choices(form[name], FIELD.secondValue),
  ];
  return [
    { cells: wide('applicantName'), height: ROOM_FOR_SEAL },
    { cells: wide('applicantUscc') },
    { cells: [...text('channelName'), ...picked('issueModes')] },
    { cells: [...text('channelNumber'), ...picked('functionModes')] },
    {
      cells: [
        ...text('contactName'),
        label(ENTRY_FIELDS.contactDetails.label, FIELD.secondLabel),
        contactDetails(form),
      ],
    },
  ];
}

function contactDetails({ contactPhone, contactEmail }: PrintedEntryForm): Cell {
  const given = [contactPhone, contactEmail].filter(text => text !== '');
  const { hint } = ENTRY_FIELDS.contactDetails;
  return {
    lines: given.length === 0 ? [[words(hint, 'hint')]] : given.map(text => [words(text)]),
    until: FIELD.secondValue,
  };
}

/** Two columns beside their label, row by row as printed; the lines between them are not drawn. */
function interfaceRows({ interfaces }: PrintedEntryForm): Row[] {
  const count = Math.max(...interfaces.map(({ row }) => row));
  const cellAt = (row: number, column: 1 | 2): Cell => {
    const found = interfaces.find(each => each.row === row && each.column === column);
    const inner = [
      ...(row > 1 ? (['top'] as const) : []),
      ...(row < count ? (['bottom'] as const) : []),
      column === 1 ? ('right' as const) : ('left' as const),
    ];
    return {
      lines: [found ? choice(found) : []],
      until: column === 1 ? INTERFACE_MIDDLE : TABLE_WIDTH,
      open: inner,
    };
  };
  return Array.from({ length: count }, (_, index) => {
    const cells = [cellAt(index + 1, 1), cellAt(index + 1, 2)];
    const first = { ...label(ENTRY_FIELDS.interfaces.label, FIELD.label), rowSpan: count };
    return index === 0
      ? { cells: [first, ...cells], height: INTERFACE_HEIGHT }
      : { cells, from: FIELD.label, height: INTERFACE_HEIGHT };
  });
}

const INTERFACE_HEIGHT = 400;

function accountRows({ accounts }: PrintedEntryForm): Row[] {
  const empty = Array.from({ length: Math.max(0, EMPTY_ACCOUNT_ROWS - accounts.length) }, () => undefined);
  return [
    { cells: [label(ENTRY_FIELDS.accounts.label, TABLE_WIDTH)] },
    { cells: columns.map(column => label(ACCOUNT_COLUMNS[column], ACCOUNT_ENDS[column])) },
    ...[...accounts, ...empty].map(account => ({
      cells: columns.map((column): Cell => ({
        lines: [[words(account?.[column] ?? '')]],
        until: ACCOUNT_ENDS[column],
        align: 'center',
      })),
    })),
  ];
}

function sealRows({ seals }: PrintedEntryForm): Row[] {
  const pairs = Array.from({ length: Math.ceil(seals.length / 2) }, (_, index) =>
    seals.slice(index * 2, index * 2 + 2),
  );
  return pairs.map(pair => ({
    cells: pair.map((seal, index) => ({ lines: sealLines(seal), until: ((index + 1) * TABLE_WIDTH) / 2 })),
    height: SEAL_HEIGHT,
  }));
}

function sealLines({ label: text, contactName, contactPhone, sealedOn }: PrintedSeal): Line[] {
  const line = (name: string, value: string): Line => [words(`${name}：`, 'label'), words(value)];
  return [
    [words(text, 'label')],
    [],
    [],
    line(SEAL_LINES.contactName, contactName),
    line(SEAL_LINES.contactPhone, contactPhone),
    line(SEAL_LINES.sealedOn, printedDay(sealedOn)),
  ];
}
