import type { NetworkState } from '../../shared/phone-link';
import { ApiFailure, wxFunction, type WxMembers } from './call';
import { fileAt, keepFile } from './temporary-files';
import type { PhoneContext } from './phone-context';

const SLOW_MS = 3000;
const OFFLINE = 'request:fail net::ERR_INTERNET_DISCONNECTED';

interface CallOptions {
  name: string;
  data?: object;
}

interface PlatformFailure {
  errCode?: number;
  errMsg?: string;
  requestId?: string;
}

/** `wx.cloud` on the local cloud; the person's identity goes along as WeChat would add it. */
export function createCloudApi(context: PhoneContext): WxMembers {
  const network = new SimulatedNetwork(context);
  return {
    init: () => undefined,
    callFunction: wxFunction<CallOptions>('cloud.callFunction', async ({ name, data = {} }) => {
      const response = await network.send(`functions/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(data),
      });
      const result: unknown = await response.json();
      if (!response.ok) throw platformFailure(result as PlatformFailure);
      return { result, requestID: response.headers.get('x-request-id') ?? '' };
    }),
    ...createFileApi(network),
    DYNAMIC_CURRENT_ENV: 'local-env',
  };
}

/** WeChat puts number and text of the platform into one message. */
const platformFailure = ({ errCode = -1, errMsg = '' }: PlatformFailure): ApiFailure =>
  new ApiFailure(`Error: errCode: ${errCode} | errMsg: ${errMsg}`, { errCode });

interface TemporaryLink {
  fileID: string;
  tempFileURL: string;
  status: number;
  errMsg: string;
}

function createFileApi(network: SimulatedNetwork): WxMembers {
  const linksTo = async (fileIds: readonly string[]): Promise<TemporaryLink[]> => {
    const response = await network.send('preview/file-links', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fileIds }),
    });
    if (!response.ok) throw platformFailure((await response.json()) as PlatformFailure);
    return ((await response.json()) as { fileList: TemporaryLink[] }).fileList;
  };
  return {
    uploadFile: wxFunction<{ cloudPath: string; filePath: string }>(
      'cloud.uploadFile',
      async ({ cloudPath, filePath }) => {
        const response = await network.send(`storage/upload?path=${encodeURIComponent(cloudPath)}`, {
          method: 'POST',
          body: await fileAt(filePath),
        });
        const answer = (await response.json()) as { fileID?: string } & PlatformFailure;
        if (!response.ok) throw platformFailure(answer);
        return { fileID: answer.fileID, statusCode: response.status };
      },
    ),
    getTempFileURL: wxFunction<{ fileList: (string | { fileID: string })[] }>(
      'cloud.getTempFileURL',
      async ({ fileList }) => ({
        fileList: await linksTo(fileList.map(file => (typeof file === 'string' ? file : file.fileID))),
      }),
    ),
    downloadFile: wxFunction<{ fileID: string }>('cloud.downloadFile', async ({ fileID }) => {
      const [link] = await linksTo([fileID]);
      if (!link?.tempFileURL) throw new ApiFailure(link?.errMsg ?? 'file not found', { errCode: -503003 });
      const response = await network.send(link.tempFileURL, {});
      if (!response.ok) throw new ApiFailure('file not found', { errCode: -503003 });
      return { tempFilePath: keepFile(await response.blob(), fileID), statusCode: response.status };
    }),
  };
}

/** The network as the switches of the phones' page make it. */
class SimulatedNetwork {
  constructor(private readonly context: PhoneContext) {}

  async send(url: string, init: RequestInit): Promise<Response> {
    const state: NetworkState = this.context.networkNow();
    if (state.offline) throw new ApiFailure(OFFLINE, { errCode: -1 });
    if (state.slow) await new Promise(resolve => setTimeout(resolve, SLOW_MS));
    const headers = new Headers(init.headers);
    headers.set('x-wx-openid', this.context.persona.openid);
    const response = await fetch(url, { ...init, headers }).catch(() => {
      throw new ApiFailure('request:fail net::ERR_CONNECTION_REFUSED', { errCode: -1 });
    });
    if (!state.loseNextAnswer) return response;
    this.context.shell?.answerWasLost(this.context.phoneId);
    throw new ApiFailure('request:fail timeout', { errCode: -1 });
  }
}
