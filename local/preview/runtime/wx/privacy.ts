import { createButton, showLayer } from '../overlays/layers';
import { createNode } from '../../shared/dom';
import { setStored, getStored } from './phone-storage';
import { ApiFailure, wxFunction, type WxMembers } from './call';
import type { PhoneContext } from './phone-context';

const CONTRACT_NAME = '《小程序用户隐私保护指引》';
const REFUSED_ERRNO = 104;

export type PrivacyAnswer = { event: 'agree' | 'disagree' | 'exposureAuthorization'; buttonId?: string };
type Resolve = (answer: PrivacyAnswer) => void;
type AskListener = (resolve: Resolve, info: { referrer: string }) => void;

/** Whether the person has agreed to the app's privacy guide, and the ways to ask. */
export class Privacy {
  private listener: AskListener | undefined;

  constructor(private readonly owner: string) {}

  get hasAgreed(): boolean {
    return getStored(this.owner, 'privacy') === 'agreed';
  }

  agree(): void {
    setStored(this.owner, 'privacy', 'agreed');
  }

  readonly onNeed = (listener: AskListener): void => {
    this.listener = listener;
  };

  /** Asks with the app's own dialog if it has one, else with WeChat's. @throws ApiFailure when refused */
  async require(referrer: string): Promise<void> {
    if (this.hasAgreed) return;
    const { listener } = this;
    const hasAgreed = listener
      ? await new Promise<boolean>(resolve =>
          listener(
            ({ event }) => {
              if (event !== 'exposureAuthorization') resolve(event === 'agree');
            },
            { referrer },
          ),
        )
      : await askAsWechat();
    if (!hasAgreed) {
      throw new ApiFailure('privacy permission is not authorized', { errno: REFUSED_ERRNO });
    }
    this.agree();
  }
}

const askAsWechat = (): Promise<boolean> =>
  showLayer<boolean>({
    className: 'wx-sheet wx-privacy',
    label: '用户隐私保护提示',
    fill: (box, done) =>
      box.append(
        createNode('h3', { text: '用户隐私保护提示' }),
        createNode('p', { text: `请阅读并同意${CONTRACT_NAME}后继续使用。` }),
        createNode(
          'div',
          { className: 'wx-layer-row' },
          createButton('拒绝', 'cancel', () => done(false)),
          createButton('同意', 'confirm', () => done(true)),
        ),
      ),
  });

const showContract = (): Promise<true> =>
  showLayer<true>({
    className: 'wx-full-page',
    label: CONTRACT_NAME,
    fill: (box, done) =>
      box.append(
        createNode('h3', { text: CONTRACT_NAME }),
        createNode('p', { text: '真机上这里是在微信公众平台登记的隐私保护指引全文。' }),
        createButton('返回', 'confirm', () => done(true)),
      ),
  });

export const createPrivacyApi = (privacy: Privacy, { hooks }: PhoneContext): WxMembers => ({
  getPrivacySetting: wxFunction('getPrivacySetting', () => ({
    needAuthorization: !privacy.hasAgreed,
    privacyContractName: CONTRACT_NAME,
  })),
  onNeedPrivacyAuthorization: privacy.onNeed,
  requirePrivacyAuthorize: wxFunction('requirePrivacyAuthorize', () =>
    privacy.require('requirePrivacyAuthorize'),
  ),
  openPrivacyContract: wxFunction('openPrivacyContract', showContract),
  getSetting: wxFunction('getSetting', () => ({
    authSetting: { 'scope.camera': true, 'scope.writePhotosAlbum': true },
    subscriptionsSetting: { mainSwitch: true, itemSettings: {} },
  })),
  openSetting: wxFunction('openSetting', () => ({ authSetting: {} })),
  authorize: wxFunction('authorize', () => undefined),
  login: wxFunction('login', () => ({ code: 'preview-code' })),
  checkSession: wxFunction('checkSession', () => undefined),
  requestSubscribeMessage: wxFunction<{ tmplIds: string[] }>(
    'requestSubscribeMessage',
    async ({ tmplIds }) => {
      const answer = hooks.subscribeAnswer ?? ((await askToSubscribe(tmplIds)) ? 'accept' : 'reject');
      return Object.fromEntries(tmplIds.map(id => [id, answer]));
    },
  ),
});

const askToSubscribe = (templateIds: readonly string[]): Promise<boolean> =>
  showLayer<boolean>({
    className: 'wx-sheet wx-privacy',
    label: '订阅消息',
    fill: (box, done) =>
      box.append(
        createNode('h3', { text: '接收以下通知' }),
        createNode('p', { text: `${templateIds.length} 条订阅消息模板` }),
        createNode(
          'div',
          { className: 'wx-layer-row' },
          createButton('取消', 'cancel', () => done(false)),
          createButton('允许', 'confirm', () => done(true)),
        ),
      ),
  });
