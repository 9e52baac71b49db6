import { createNode } from '../../shared/dom';
import type { ColumnsRequest } from '../elements/host-services';
import { createButton, showLayer } from './layers';

/** WeChat's wheel picker as columns of entries to tap. */
export async function showPickerPanel(request: ColumnsRequest): Promise<number[] | undefined> {
  const chosen = await showLayer<number[] | null>({
    className: 'wx-picker-panel',
    label: request.title || '请选择',
    dismissed: null,
    fill: (box, done) => fillPanel(request, box, done),
  });
  return chosen ?? undefined;
}

function fillPanel(request: ColumnsRequest, box: HTMLElement, done: (chosen: number[] | null) => void): void {
  let selected = [...request.selected];
  const columns = createNode('div', { className: 'wx-picker-columns' });
  const draw = (entries: string[][]): void => {
    columns.replaceChildren(
      ...entries.map((column, index) =>
        drawColumn(column, selected[index] ?? 0, chosen => {
          selected[index] = chosen;
          request.onColumnChanged?.(index, chosen);
        }),
      ),
    );
    revealSelected(columns);
  };
  box.append(
    createNode(
      'div',
      { className: 'wx-picker-head' },
      createButton('取消', 'cancel', () => done(null)),
      createNode('span', { text: request.title }),
      createButton('确定', 'confirm', () => done(request.columns.map((_, index) => selected[index] ?? 0))),
    ),
    columns,
  );
  draw(request.columns);
  request.whenOpen?.((entries, now) => {
    selected = [...now];
    draw(entries);
  });
}

function drawColumn(
  entries: readonly string[],
  selected: number,
  onChosen: (index: number) => void,
): HTMLElement {
  const column = createNode('div', { className: 'wx-picker-column', attributes: { role: 'listbox' } });
  entries.forEach((text, index) => {
    const entry = createNode('div', {
      text,
      attributes: { role: 'option', 'aria-selected': String(index === selected) },
      onClick: () => {
        column.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
        entry.setAttribute('aria-selected', 'true');
        entry.scrollIntoView({ block: 'center', behavior: 'smooth' });
        onChosen(index);
      },
    });
    column.append(entry);
  });
  return column;
}

/** After the panel is in the document, since only then it can scroll. */
function revealSelected(columns: HTMLElement): void {
  requestAnimationFrame(() => {
    for (const entry of columns.querySelectorAll('[aria-selected="true"]')) {
      entry.scrollIntoView({ block: 'center' });
    }
  });
}
