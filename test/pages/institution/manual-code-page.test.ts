/** @jest-environment jsdom */
import { settle, type } from '../../../local/preview/harness/page-actions';
import { findControl, inputsOf, open, page, startAppAs, type App } from '../app';
import { branded } from '../../support/branded';
import type { Grant } from '../../../miniprogram/contract/roles';

const GRANT = branded<Grant>({ role: 'administrator', cityCode: '3701', institutionId: 'i1' });

let app: App;

beforeEach(() => {
  app = startAppAs([GRANT]);
});

const showClass = async (issueMode: 'general' | 'targeted'): Promise<Element> => {
  app.cloud['training.listClasses'] = ({ status }) =>
    page(status === 'running' ? [{ id: 'c1', name: '电工班', status, issueMode }] : []);
  app.cloud['voucher.listVouchers'] = () => page([]);
  return (await open('institution/manual-code/manual-code')).root;
};

test('a class of 通用券 has no list: the 券码 is typed beside the digits', async () => {
  const root = await showClass('general');

  type(findControl(root, '学员手机上的券码'), '3701 2026 1387 7337 392');
  type(findControl(root, '学员手机上的六位数字'), '482 913');
  await settle();
  findControl(root, '核验')?.click();
  await settle();

  expect(inputsOf(app, 'voucher.listVouchers')).toEqual([]);
  expect(app.wx['navigateTo']).toHaveBeenCalledWith({
    url: '/institution/scan-result/scan-result?class=c1&code=3701%202026%201387%207337%20392&digits=482913',
  });
});

test('what is missing is said beside its field', async () => {
  const root = await showClass('general');

  findControl(root, '核验')?.click();
  await settle();

  expect(root.textContent).toContain('请输入券码');
  expect(root.textContent).toContain('请输入6位数字');
  expect(app.wx['navigateTo']).not.toHaveBeenCalled();
});

test('a class of 定向券 is a list of those who have claimed', async () => {
  const root = await showClass('targeted');

  expect(root.textContent).toContain('没有可核验的学员');
  expect(findControl(root, '学员手机上的券码')).toBeNull();
});
