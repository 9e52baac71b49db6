import { AlignmentType, Document, Packer, Paragraph, TextRun } from 'docx';
import {
  ACCOUNT_COLUMNS,
  ENTRY_FIELDS,
  ENTRY_FORM_TITLE,
  FILLED_ON_LABEL,
  SEAL_LINES,
  type PrintedChoice,
  type PrintedEntryForm,
  type PrintedSeal,
} from '../../miniprogram/text/entry-form-text';
import { formTable, TABLE_WIDTH, words, type Cell, type Line, type Row } from './form-table';

/** Where the boxes of the fields end; those of the account rows and seals have their own ends. */
const FIELD = { label: 2_000, value: 4_700, secondLabel: 6_400, secondValue: TABLE_WIDTH } as const;
const INTERFACE_MIDDLE = 5_800;
const ACCOUNT_ENDS: Record<keyof typeof ACCOUNT_COLUMNS, number> = {
  province: 1_000,
  city: 2_000,
  county: 3_100,
  name: 4_200,
  namePinyin: 5_800,
  phone: 7_300,
  idNumber: TABLE_WIDTH,
};
/** The paper form has room for some people, filled in by hand. */
const ACCOUNT_ROWS_MIN = 3;
const ROOM_FOR_SEAL = 900;
const INTERFACE_HEIGHT = 400;
const SEAL_HEIGHT = 2_000;

const A4 = { width: 11_906, height: 16_838 };
const MARGIN = { top: 1_134, bottom: 1_134, left: 1_134, right: 1_134 };

const columns = Object.keys(ACCOUNT_COLUMNS) as (keyof typeof ACCOUNT_COLUMNS)[];

/** The form as a DOCX file that looks like the notice's own, its boxes ticked. It holds what the form holds: nothing of it may be logged. */
export async function writeEntryForm(form: PrintedEntryForm): Promise<Uint8Array> {
  const document = new Document({
    title: ENTRY_FORM_TITLE,
    // Otherwise the library calls them 'Un-named'.
    creator: '',
    lastModifiedBy: '',
    sections: [
      {
        properties: { page: { size: A4, margin: MARGIN } },
        children: [
          heading('附件 2', { size: 32, font: '黑体', alignment: AlignmentType.LEFT }),
          heading(ENTRY_FORM_TITLE, { size: 36, font: '宋体', bold: true, alignment: AlignmentType.CENTER }),
          heading(`${FILLED_ON_LABEL}：${form.filledOn}`, {
            size: 21,
            font: '宋体',
            alignment: AlignmentType.RIGHT,
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
  alignment: (typeof AlignmentType)[keyof typeof AlignmentType];
  bold?: boolean;
}

const heading = (text: string, { alignment, ...style }: Heading): Paragraph =>
  new Paragraph({ alignment, spacing: { after: 120 }, children: [new TextRun({ text, ...style })] });

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

const choice = ({ box, label: text }: PrintedChoice): Line => [words(box, 'box'), words(` ${text}`, 'label')];

/** Choices of one field, side by side. */
const choices = (options: readonly PrintedChoice[], until: number): Cell => ({
  lines: [
    options.flatMap((option, index) => [...(index > 0 ? [words('    ', 'label')] : []), ...choice(option)]),
  ],
  until,
});

function fieldRows(form: PrintedEntryForm): Row[] {
  const text = (
    name: 'applicantName' | 'applicantUscc' | 'channelName' | 'channelNumber' | 'contactName',
    until: number,
  ): Cell[] => [
    label(ENTRY_FIELDS[name].label, FIELD.label),
    filled(form[name], ENTRY_FIELDS[name].hint, until),
  ];
  const picked = (name: 'issueModes' | 'functionModes'): Cell[] => [
    label(ENTRY_FIELDS[name].label, FIELD.secondLabel),
    choices(form[name], FIELD.secondValue),
  ];
  return [
    { cells: text('applicantName', FIELD.secondValue), height: ROOM_FOR_SEAL },
    { cells: text('applicantUscc', FIELD.secondValue) },
    { cells: [...text('channelName', FIELD.value), ...picked('issueModes')] },
    { cells: [...text('channelNumber', FIELD.value), ...picked('functionModes')] },
    { cells: [...text('contactName', FIELD.value), ...contactDetails(form)] },
  ];
}

function contactDetails({ contactPhone, contactEmail }: PrintedEntryForm): Cell[] {
  const given = [contactPhone, contactEmail].filter(text => text !== '');
  const { label: name, hint } = ENTRY_FIELDS.contactDetails;
  return [
    label(name, FIELD.secondLabel),
    {
      lines: given.length === 0 ? [[words(hint, 'hint')]] : given.map(text => [words(text)]),
      until: FIELD.secondValue,
    },
  ];
}

/** Two columns beside their label, as printed; the lines between them are not drawn. */
function interfaceRows({ interfaces }: PrintedEntryForm): Row[] {
  const first = { ...label(ENTRY_FIELDS.interfaces.label, FIELD.label), rowSpan: interfaces.length };
  return interfaces.map(({ items: [left, right] }, index) => {
    const inner = [
      ...(index > 0 ? (['top'] as const) : []),
      ...(index < interfaces.length - 1 ? (['bottom'] as const) : []),
    ];
    const cells: Cell[] = [
      { lines: [left ? choice(left) : []], until: INTERFACE_MIDDLE, open: [...inner, 'right'] },
      { lines: [right ? choice(right) : []], until: TABLE_WIDTH, open: [...inner, 'left'] },
    ];
    return index === 0
      ? { cells: [first, ...cells], height: INTERFACE_HEIGHT }
      : { cells, from: FIELD.label, height: INTERFACE_HEIGHT };
  });
}

function accountRows({ accounts }: PrintedEntryForm): Row[] {
  const emptyCount = Math.max(0, ACCOUNT_ROWS_MIN - accounts.length);
  const rows = [...accounts, ...Array.from({ length: emptyCount }, () => undefined)];
  return [
    { cells: [label(ENTRY_FIELDS.accounts.label, TABLE_WIDTH)] },
    { cells: columns.map(column => label(ACCOUNT_COLUMNS[column], ACCOUNT_ENDS[column])) },
    ...rows.map(account => ({
      cells: columns.map((column): Cell => ({
        lines: [[words(account?.[column] ?? '', 'small')]],
        until: ACCOUNT_ENDS[column],
        align: 'center',
      })),
    })),
  ];
}

const sealRows = ({ seals }: PrintedEntryForm): Row[] =>
  seals.map(({ items }) => ({
    cells: items.map((seal, index) => ({ lines: sealLines(seal), until: ((index + 1) * TABLE_WIDTH) / 2 })),
    height: SEAL_HEIGHT,
  }));

/** The name of the block, room for the seal, then who is to be asked. */
function sealLines({ label: text, contactName, contactPhone, sealedOn }: PrintedSeal): Line[] {
  const line = (name: string, value: string): Line => [words(`${name}：`, 'label'), words(value)];
  return [
    [words(text, 'label')],
    [],
    [],
    line(SEAL_LINES.contactName, contactName),
    line(SEAL_LINES.contactPhone, contactPhone),
    line(SEAL_LINES.sealedOn, sealedOn),
  ];
}
