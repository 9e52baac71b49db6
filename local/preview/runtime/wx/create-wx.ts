import type { NavigationParts } from './navigation';
import { createNavigationApi } from './navigation';
import type { AppLifecycle } from './app-lifecycle';
import { failOnMissing, type WxMembers } from './call';
import { createCanvasApi } from './canvas-api';
import { createCloudApi } from './cloud';
import { createDeviceApi } from './device';
import { createFeedbackApi } from './feedback';
import { createFileApi } from './files';
import { createMiniProgramApi } from './other-mini-program';
import type { PhoneContext } from './phone-context';
import { createPrivacyApi, type Privacy } from './privacy';
import { createQueryApi } from './queries';
import { createScanApi } from './scan';
import { createStorageApi } from './storage';
import { createSystemApi } from './system';

export interface WxParts {
  context: PhoneContext;
  lifecycle: AppLifecycle;
  navigation: NavigationParts;
  privacy: Privacy;
  /** Keeps one person's data on one phone apart from others'. */
  owner: string;
}

/** The global `wx` of a mini-program. Members that it lacks fail where everybody sees it. */
export function createWx({ context, lifecycle, navigation, privacy, owner }: WxParts): WxMembers {
  const members: WxMembers = {
    ...createSystemApi(context),
    ...createNavigationApi(navigation),
    ...createStorageApi(owner, localStorage),
    ...createFeedbackApi(),
    ...createDeviceApi(context),
    ...createFileApi(context, privacy),
    ...createCanvasApi(),
    ...createQueryApi(context),
    ...createScanApi(context),
    ...createPrivacyApi(privacy, context),
    ...createMiniProgramApi(context, lifecycle),
    cloud: failOnMissing('wx.cloud', createCloudApi(context), context.reportMissing),
  };
  return failOnMissing('wx', members, context.reportMissing);
}
