import type { PhoneChoice } from '../../shared/phone-link';
import { createNode } from '../../shared/dom';
import { createButton, showLayer } from './layers';

export interface ScannerOptions {
  phones: readonly PhoneChoice[];
  /** Whether pictures and typed text count, which stand for the album. */
  allowsAlbum: boolean;
  /** Reads the code on another phone's screen. */
  look(phoneId: string): string | undefined;
  decodeFile(file: Blob): Promise<string | undefined>;
}

/** The viewfinder. @returns undefined when cancelled. */
export async function showScanner(options: ScannerOptions): Promise<string | undefined> {
  const text = await showLayer<string | null>({
    className: 'wx-scanner',
    label: '扫一扫',
    fill: (box, done) => fillScanner(options, box, done),
  });
  return text ?? undefined;
}

function fillScanner(options: ScannerOptions, box: HTMLElement, done: (text: string | null) => void): void {
  const note = createNode('p', { className: 'wx-scanner-note', attributes: { role: 'status' } });
  const finish = (text: string | undefined, failure: string): void => {
    if (text === undefined) note.textContent = failure;
    else done(text);
  };
  const targets = options.phones.map(({ id, title, persona }) => {
    const target = createButton('', 'wx-scanner-target', () =>
      finish(options.look(id), `${title}的屏幕上没有看清二维码，请让对方先打开二维码`),
    );
    target.append(
      createNode('strong', { text: `对准${title}的手机` }),
      createNode('span', { text: persona }),
    );
    return target;
  });
  note.textContent = targets.length > 0 ? '请选择要对准哪一部手机' : '旁边没有别的手机';
  box.append(
    createNode('div', { className: 'wx-scanner-frame', attributes: { 'aria-hidden': 'true' } }),
    note,
    ...targets,
    ...(options.allowsAlbum ? [createAlbum(options, finish)] : []),
    createButton('取消', 'wx-scanner-cancel', () => done(null)),
  );
}

type Finish = (text: string | undefined, failure: string) => void;

function createAlbum({ decodeFile }: ScannerOptions, finish: Finish): HTMLElement {
  const picture = createNode('input', {
    attributes: { type: 'file', accept: 'image/*', 'aria-label': '从相册选取' },
  });
  picture.addEventListener('change', () => {
    const file = picture.files?.[0];
    if (!file) return;
    void decodeFile(file).then(
      text => finish(text, '图片里没有二维码'),
      () => finish(undefined, '图片打不开'),
    );
  });
  const typed = createNode('input', {
    attributes: { placeholder: '或输入码的内容', 'aria-label': '码的内容' },
  });
  const confirm = createButton('确定', 'confirm', () =>
    finish(typed.value.trim() || undefined, '请先输入内容'),
  );
  return createNode(
    'div',
    { className: 'wx-scanner-album' },
    createNode('label', {}, '相册图片', picture),
    createNode('div', { className: 'wx-scanner-typed' }, typed, confirm),
  );
}
