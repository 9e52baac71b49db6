import { hostServices } from './host-services';
import { anything, flag, text, type ElementContext, type ElementDefinition } from './element-definition';
import { dateColumns, timeColumns, type PickerColumns } from './picker-columns';

const PROPERTIES = {
  mode: text('selector'),
  range: anything(),
  rangeKey: text(),
  start: text(),
  end: text(),
  fields: text('day'),
  disabled: flag(),
  headerText: text(),
  customItem: text(),
  level: text(),
};

export const picker: ElementDefinition = {
  isField: true,
  properties: PROPERTIES,
  setUp(context) {
    let replace: ((columns: string[][], selected: number[]) => void) | undefined;
    context.on('tap', () => {
      if (context.boolean('disabled')) return;
      void open(context, given => (replace = given)).finally(() => (replace = undefined));
    });
    return {
      onChanged: name => {
        // A page answers `columnchange` with new columns while the panel is open.
        if (context.string('mode') !== 'multiSelector' || (name !== 'range' && name !== 'value')) return;
        replace?.(columnsOf(context), selectedOf(context));
      },
    };
  },
};

type WhenOpen = (replace: (columns: string[][], selected: number[]) => void) => void;

async function open(context: ElementContext, whenOpen: WhenOpen): Promise<void> {
  const { string, emit, set } = context;
  const mode = string('mode');
  const calendar = calendarOf(context);
  const chosen = await hostServices().chooseFromColumns({
    title: string('headerText'),
    columns: calendar?.columns ?? columnsOf(context),
    selected: calendar?.selected ?? selectedOf(context),
    whenOpen,
    onColumnChanged: (column, index) => {
      if (mode === 'multiSelector') emit('columnchange', { column, value: index });
    },
  });
  if (!chosen) return emit('cancel');
  const value = calendar ? calendar.toValue(chosen) : mode === 'multiSelector' ? chosen : (chosen[0] ?? 0);
  set({ value });
  emit('change', { value });
}

function calendarOf({ string }: ElementContext): PickerColumns | undefined {
  const asked = { value: string('value'), start: string('start'), end: string('end') };
  if (string('mode') === 'date') return dateColumns({ ...asked, fields: string('fields') });
  if (string('mode') === 'time') return timeColumns(asked);
  return undefined;
}

function columnsOf({ value, string }: ElementContext): string[][] {
  const range = Array.isArray(value('range')) ? (value('range') as unknown[]) : [];
  const columns = string('mode') === 'multiSelector' ? (range as unknown[][]) : [range];
  const key = string('rangeKey');
  return columns.map(column =>
    column.map(entry => String(key ? (entry as Record<string, unknown>)[key] : entry)),
  );
}

function selectedOf({ value }: ElementContext): number[] {
  const current = value('value');
  return (Array.isArray(current) ? current : [current]).map(index => Number(index) || 0);
}
