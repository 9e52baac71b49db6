import type { UploadPlace } from '../../miniprogram/contract/imports';
import type { Answer } from '../../miniprogram/view/failure';
import { installFakeWx } from './fake-wx';

const FILE = { path: 'wxfile://tmp/1', name: '张三名册.xlsx', bytes: 9 };
const PLACE: UploadPlace = { cloudPath: 'imports/roster/0f', fileId: 'cloud://e.b/imports/roster/0f' };

const sent: object[] = [];
let upload: () => Promise<unknown>;

/** The service as a phone has it, which sees `wx` when it is loaded. */
async function send(place: Answer<UploadPlace>) {
  const uploadFile = (options: object) => {
    sent.push(options);
    return upload();
  };
  installFakeWx({ cloud: { uploadFile } });
  const { uploadTable } = await import('../../miniprogram/services/files');
  return uploadTable(FILE, async () => place);
}

beforeEach(() => {
  sent.length = 0;
  upload = async () => ({ fileID: 'whatever the platform says' });
});

it('a table goes to the place that was handed out, and nothing of its name with it', async () => {
  expect(await send({ ok: true, data: PLACE })).toEqual({ ok: true, data: PLACE.fileId });
  expect(sent).toEqual([{ cloudPath: PLACE.cloudPath, filePath: FILE.path }]);
});

it('nothing is uploaded by somebody who may not import', async () => {
  const refusal = { ok: false, error: { code: 'roster_locked' } } as const;

  expect(await send(refusal)).toEqual(refusal);
  expect(sent).toEqual([]);
});

it('an upload that fails says that the file was not sent', async () => {
  upload = () => Promise.reject(new Error('uploadFile:fail'));

  expect(await send({ ok: true, data: PLACE })).toEqual({ ok: false, error: { code: 'file_not_sent' } });
});
