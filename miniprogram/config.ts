import type { CityCode } from './contract/areas';

/**
 * Everything that differs between installations. Edit this one file before the app is built for a real environment;
 * the values here are templates and open nothing.
 */
interface AppConfig {
  /** appid of the mini-program; `npm run configure` writes it into project.config.json, where DevTools looks for it. */
  appid: string;
  /** CloudBase environment (云开发 → 设置 → 环境 ID). */
  cloudEnvironmentId: string;
  /**
   * The e-SSC mini-program returns to App.onShow with `referrerInfo.extraData`. Its official field names are not
   * public: set here what the operator of the e-SSC names. The first key that holds a text is taken.
   */
  esscReturnKeys: { authCode: readonly string[] };
  /**
   * e-SSC channel numbers (渠道编号, ten digits) given to this mini-program itself, by city. Used when the app was not
   * opened by a channel's own link (`?channel=…`).
   */
  ownChannelNumbers: Partial<Record<CityCode, string>>;
  /** What users read as the name of the service. */
  serviceName: string;
}

export const config: AppConfig = {
  appid: 'touristappid',
  cloudEnvironmentId: 'your-environment-id',
  esscReturnKeys: { authCode: ['authCode', 'auth_code'] },
  ownChannelNumbers: {},
  serviceName: '山东职业培训券',
};
