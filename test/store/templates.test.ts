import { release, reserve, templates } from '../../cloudfunctions/shared/store/templates';
import type { JobId } from '../../miniprogram/contract/ids';
import { aTemplate } from '../domain/a-template';
import { startLocalDatabase, type LocalDatabase } from '../local-cloud/database/local-database';
import { branded } from '../support/branded';
import { runAsFunction } from '../support/function-environment';

let local: LocalDatabase;
let endRun = (): void => undefined;

beforeAll(async () => {
  local = await startLocalDatabase({ collections: [{ name: 'templates', indexes: [] }] });
  endRun = runAsFunction(local.url);
});
afterAll(async () => {
  endRun();
  await local.stop();
});

it('a try that is carried out after its job has ended sets nothing aside again', async () => {
  const jobId = branded<JobId>('a-job');
  const template = aTemplate({ status: 'published', issuedCount: 0, reservations: {} });
  await templates.insert(template);
  const setAside = await reserve(template, jobId, 5);
  await release(template, jobId, 2);

  const late = await reserve(template, jobId, 5);

  expect([setAside, late]).toEqual([true, false]);
  expect(await templates.find(template.id)).toMatchObject({ issuedCount: 3, reservations: {} });
});
