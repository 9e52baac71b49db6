import type { Persona } from '../../shared/preview-api';
import { createNode } from '../../shared/dom';
import { createButton, showLayer } from './layers';

type ExtraData = Record<string, unknown>;

/** All but the family name hidden, as the card's own pages show it. */
export const maskName = (name: string): string =>
  `${name.slice(0, 1)}${'*'.repeat(Math.max(1, name.length - 1))}`;

/** The page of the simulated 电子社保卡 mini-program. @returns what it hands back to the app */
export const showEsscConsent = (persona: Persona, authorise: () => Promise<ExtraData>): Promise<ExtraData> =>
  showLayer<ExtraData>({
    className: 'wx-full-page wx-essc',
    label: '电子社保卡授权',
    fill: (box, done) => fillConsent({ persona, authorise }, box, done),
  });

interface ConsentParts {
  persona: Persona;
  authorise(): Promise<ExtraData>;
}

function fillConsent(
  { persona, authorise }: ConsentParts,
  box: HTMLElement,
  done: (data: ExtraData) => void,
): void {
  const note = createNode('p', { className: 'wx-essc-note', attributes: { role: 'status' } });
  const agree = createButton('同意授权', 'wx-essc-agree', () => {
    agree.disabled = true;
    authorise().then(done, (error: unknown) => {
      agree.disabled = false;
      note.textContent = `暂时无法授权：${error instanceof Error ? error.message : String(error)}`;
    });
  });
  box.append(
    createNode('header', { className: 'wx-essc-head', text: '电子社保卡（模拟）' }),
    createNode(
      'div',
      { className: 'wx-essc-card' },
      createNode('span', { text: '中华人民共和国社会保障卡' }),
      createNode('strong', { text: maskName(persona.name) }),
      createNode('span', { text: '山东省' }),
    ),
    createNode('h3', { text: '授权登录职业培训券小程序' }),
    createNode('p', {
      text: '授权后，小程序将获得您的姓名、社会保障号码和电子社保卡状态，用于确认您本人办理。',
    }),
    note,
    agree,
    createButton('取消', 'wx-essc-cancel', () => done({ cancelled: true })),
  );
}
