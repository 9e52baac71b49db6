import { createNode } from '../../shared/dom';
import { createButton, showLayer } from './layers';

export interface ModalOptions {
  title?: string;
  content?: string;
  showCancel?: boolean;
  cancelText?: string;
  cancelColor?: string;
  confirmText?: string;
  confirmColor?: string;
  editable?: boolean;
  placeholderText?: string;
}

export interface ModalAnswer {
  confirm: boolean;
  cancel: boolean;
  content?: string;
}

export const showModal = (options: ModalOptions): Promise<ModalAnswer> =>
  showLayer({
    className: 'wx-modal',
    label: options.title ?? '提示',
    fill: (box, done) => fillModal(options, box, done),
  });

function fillModal(options: ModalOptions, box: HTMLElement, done: (answer: ModalAnswer) => void): void {
  const { title, content = '', editable, placeholderText = '' } = options;
  if (title) box.append(createNode('h3', { text: title }));
  const field = editable ? createNode('input', { attributes: { placeholder: placeholderText } }) : undefined;
  if (field) field.value = content;
  box.append(field ?? createNode('p', { text: content }));
  const row = createNode('div', { className: 'wx-layer-row' });
  if (options.showCancel !== false) {
    const cancel = createButton(options.cancelText ?? '取消', 'cancel', () =>
      done({ confirm: false, cancel: true }),
    );
    cancel.style.color = options.cancelColor ?? '';
    row.append(cancel);
  }
  const confirm = createButton(options.confirmText ?? '确定', 'confirm', () =>
    done({ confirm: true, cancel: false, ...(field && { content: field.value }) }),
  );
  confirm.style.color = options.confirmColor ?? '';
  row.append(confirm);
  box.append(row);
}

/** @returns the index of the chosen entry; -1 when cancelled. */
export const showActionSheet = (items: readonly string[], title?: string): Promise<number> =>
  showLayer({
    className: 'wx-sheet',
    label: title ?? '请选择',
    dismissed: -1,
    fill: (box, done) => {
      if (title) box.append(createNode('p', { text: title }));
      items.forEach((item, index) => box.append(createButton(item, 'item', () => done(index))));
      box.append(createButton('取消', 'item cancel', () => done(-1)));
    },
  });
