import { init } from '@cloudbase/node-sdk';
import type { Cloud } from '../../cloud/cloud-types';
import type { FileLink } from './preview-routes';

/** Temporary links to files of a local cloud, from the SDK as any client would get them. */
export function createFileLinks(cloud: () => Pick<Cloud, 'adminUrl' | 'credentials'>) {
  return async (fileIds: readonly string[]): Promise<readonly FileLink[]> => {
    const { adminUrl, credentials } = cloud();
    const app = init({ env: 'local-env', ...credentials, serviceUrl: adminUrl });
    const { fileList } = (await app.getTempFileURL({ fileList: [...fileIds] })) as {
      fileList: { fileID: string; tempFileURL: string; code?: string }[];
    };
    return fileList.map(({ fileID, tempFileURL, code }) => ({
      fileID,
      tempFileURL,
      status: code === 'SUCCESS' || code === undefined ? 0 : 1,
      errMsg: code ?? 'ok',
    }));
  };
}
