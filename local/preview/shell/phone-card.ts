import { createNode } from '../shared/dom';
import type { NetworkState } from '../shared/phone-link';
import type { Channel, Persona, PhoneId } from '../shared/preview-api';
import { createChoice, createSwitch } from './controls';
import { PhoneFrame, SCREEN_WIDTHS_PX, USUAL_BRIGHTNESS } from './phone-frame';

export interface PhoneCardOptions {
  id: PhoneId;
  title: string;
  personas: readonly Persona[];
  channels: readonly Channel[];
}

/** WeChat's number for a menu of an official account. */
const SCENE_OFFICIAL_ACCOUNT = 1035;
const FONT_SCALES: readonly [label: string, scale: number][] = [
  ['标准字号', 1],
  ['大字号', 1.2],
  ['特大字号', 1.5],
];

/** One phone with what can be done to it from outside. */
export class PhoneCard {
  readonly node: HTMLElement;
  readonly frame: PhoneFrame;
  readonly network: NetworkState = { offline: false, slow: false, loseNextAnswer: false };
  private readonly path = createNode('output', {
    className: 'page-path',
    attributes: { 'aria-label': '当前页面' },
  });
  private readonly loseSwitch = createSwitch('丢下一次应答', isOn =>
    this.setNetwork({ loseNextAnswer: isOn }),
  );
  private persona: Persona | undefined;
  private fontScale = 1;

  constructor(private readonly options: PhoneCardOptions) {
    const { title, personas, id } = options;
    this.frame = new PhoneFrame(title);
    this.persona = this.findRemembered() ?? personas.find(({ role }) => role === id) ?? personas[0];
    this.node = createNode(
      'section',
      { className: 'card', attributes: { 'aria-label': `${title}的手机`, 'data-testid': `phone-${id}` } },
      createNode('h2', { text: title }),
      this.createPersonaChoice(),
      this.frame.node,
      this.path,
      this.createActions(),
      this.createNetworkSwitches(),
    );
    this.frame.setWidth(SCREEN_WIDTHS_PX[0]);
  }

  get id(): PhoneId {
    return this.options.id;
  }

  get title(): string {
    return this.options.title;
  }

  get personaText(): string {
    return this.persona ? `${this.persona.name} · ${this.persona.description}` : '';
  }

  /** @param query parameters for the app's first page */
  restart({ channel, scene = 1001 }: { channel?: string; scene?: number } = {}): void {
    const parameters = new URLSearchParams({
      phone: this.id,
      persona: this.persona?.id ?? '',
      fontScale: String(this.fontScale),
      scene: String(scene),
      ...(channel && { channel }),
    });
    this.frame.showBrightness(USUAL_BRIGHTNESS);
    this.frame.open(`phone.html?${parameters.toString()}`);
  }

  showPath(path: string): void {
    this.path.value = path;
  }

  answerWasLost(): void {
    this.setNetwork({ loseNextAnswer: false });
    this.loseSwitch.set(false);
  }

  /** The page itself has been made smaller or larger. */
  fit(size: { width: number; height: number }): void {
    this.frame.fit(size);
  }

  onResized: () => void = () => undefined;

  private createPersonaChoice(): HTMLElement {
    const { id, personas } = this.options;
    const own = personas.filter(({ role }) => role === id);
    const others = personas.filter(({ role }) => role !== id);
    return createChoice({
      label: '使用者',
      entries: [...own, ...others].map(persona => ({
        value: persona.id,
        text: `${persona.name} · ${persona.description}`,
      })),
      ...(this.persona && { selected: this.persona.id }),
      onChosen: personaId => {
        this.persona = personas.find(persona => persona.id === personaId);
        localStorage.setItem(this.rememberKey, personaId);
        this.restart();
      },
    });
  }

  private createActions(): HTMLElement {
    const button = (text: string, onClick: () => void): HTMLElement =>
      createNode('button', { text, onClick });
    return createNode(
      'div',
      { className: 'actions' },
      button('重启小程序', () => this.restart()),
      button('截屏', () => {
        this.frame.flash();
        this.frame.link?.takeScreenshot();
      }),
      createChoice({
        label: '字号',
        entries: FONT_SCALES.map(([text, scale]) => ({ text, value: String(scale) })),
        onChosen: scale => {
          this.fontScale = Number(scale);
          this.restart();
        },
      }),
      createChoice({
        label: '屏宽',
        entries: SCREEN_WIDTHS_PX.map(width => ({ text: `屏宽 ${width}`, value: String(width) })),
        onChosen: width => {
          this.frame.setWidth(Number(width));
          this.onResized();
        },
      }),
      this.createChannelChoice(),
    );
  }

  private createChannelChoice(): HTMLElement {
    const choice = createChoice({
      label: '从公众号打开',
      entries: [
        { value: '', text: '从公众号打开…' },
        ...this.options.channels.map(({ id, name, description }) => ({
          value: id,
          text: description ? `${name}（${description}）` : name,
        })),
      ],
      onChosen: channel => {
        if (channel) this.restart({ channel, scene: SCENE_OFFICIAL_ACCOUNT });
      },
    });
    choice.classList.add('wide');
    return choice;
  }

  private createNetworkSwitches(): HTMLElement {
    return createNode(
      'div',
      { className: 'switches' },
      createSwitch('断网', offline => this.setNetwork({ offline })).node,
      createSwitch('慢网（3 秒）', slow => this.setNetwork({ slow })).node,
      this.loseSwitch.node,
    );
  }

  private setNetwork(changes: Partial<NetworkState>): void {
    Object.assign(this.network, changes);
    this.frame.link?.networkChanged(this.network);
  }

  private get rememberKey(): string {
    return `preview:persona:${this.options.id}`;
  }

  private findRemembered(): Persona | undefined {
    return this.options.personas.find(({ id }) => id === localStorage.getItem(this.rememberKey));
  }
}
