/** @jest-environment jsdom */
import { ACCEPTED_TITLE, toRefused } from '../../../miniprogram/institution/view/scan-result';
import type { MountedPage } from '../../../local/preview/harness/mount-page';
import { settle, type } from '../../../local/preview/harness/page-actions';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { VoucherReceipt } from '../../../miniprogram/contract/vouchers';
import { ACCOUNT, addToPhone, findControl, open, page, startApp, type App } from '../app';
import { branded } from '../../support/branded';

const CODE = 'SDV1.oqsnwadm0n8qmanc.zmsh0.hqqikpnw.f12f096903585b84';

const receipt = branded<VoucherReceipt>({
  voucherId: 'v1',
  code: '3701202613877337392',
  command: 'use',
  status: 'used',
  atMs: 1_795_000_000_000,
  holderName: '张*三',
  className: '数控车工班',
});

let app: App;
let mounted: MountedPage;
let played: string[];
let inputs: Record<string, unknown>[];
let scanCode: jest.Mock;

beforeEach(() => {
  app = startApp();
  played = [];
  inputs = [];
  app.storage.set('account', {
    ...ACCOUNT,
    grants: [{ role: 'administrator', cityCode: '3701', institutionId: 'i1' }],
  });
  const createInnerAudioContext = () => ({ src: '', stop: () => {}, play: () => played.push('sound') });
  scanCode = jest.fn();
  addToPhone({ createInnerAudioContext, vibrateLong: jest.fn(), scanCode });
  app.cloud = { 'verification.countToday': () => ok({ acceptedCount: 7 }) };
});

/** Answers each scan in turn with the next of these. */
function answers(...results: Result<unknown>[]): void {
  app.cloud['verification.use'] = input => {
    inputs.push(input);
    return results[Math.min(inputs.length, results.length) - 1] ?? fail('internal');
  };
}

const show = async (qr = CODE): Promise<Element> => {
  mounted = await open('institution/scan-result/scan-result', { qr: encodeURIComponent(qr) });
  await settle();
  return mounted.root;
};

const tap = async (name: string): Promise<void> => {
  const control = findControl(mounted.root, name);
  if (!control) throw new Error(`no control ${name}`);
  control.click();
  await settle();
};

test('a success shows whose voucher it was, how many today, and sounds', async () => {
  answers(ok(receipt));
  const root = await show();

  expect(root.textContent).toContain(ACCEPTED_TITLE);
  expect(root.textContent).toContain('张*三');
  expect(root.textContent).toContain('今天第 7 次核验');
  expect(played).toEqual(['sound']);
});

test('a web link is named on the phone and never sent', async () => {
  answers(ok(receipt));
  scanCode.mockResolvedValue({ result: 'https://example.com/pay?x=1' });
  const root = await show();

  await tap('继续扫码');

  expect(root.textContent).toContain('一个网页链接');
  expect(root.textContent).not.toContain('今天第');
  expect(inputs).toEqual([{ qrText: CODE }]);
});

test('a 通用券 asks for the class, then sends the same code with it', async () => {
  const trainingClass = {
    id: 'c1',
    name: '电工班',
    status: 'running',
    startsOn: '2026-11-24',
    endsOn: '2026-11-25',
  };
  app.cloud['training.listClasses'] = () => page([trainingClass]);
  answers(fail('class_required'), ok(receipt));
  const root = await show();

  await tap('核验到电工班');

  expect(inputs).toEqual([{ qrText: CODE }, { qrText: CODE, classId: 'c1' }]);
  expect(root.textContent).toContain(ACCEPTED_TITLE);
});

test('among the classes of a 通用券 are those that are over but still take vouchers', async () => {
  const over = { name: '焊工班', status: 'finished', startsOn: '2026-11-01', endsOn: '2026-11-20' };
  app.cloud['training.listClasses'] = ({ status }) =>
    page(
      status === 'finished'
        ? [
            { ...over, id: 'late', usableUntilMs: Date.now() + 1_000 },
            { ...over, id: 'closed', name: '钳工班', usableUntilMs: Date.now() - 1 },
          ]
        : [],
    );
  answers(fail('class_required'), ok(receipt));
  const root = await show();

  expect(root.textContent).not.toContain('钳工班');
  await tap('核验到焊工班');

  expect(inputs.at(-1)).toEqual({ qrText: CODE, classId: 'late' });
});

test('a 通用券 by its 券码 and digits is sent with the class that was chosen', async () => {
  answers(ok(receipt));
  const query = { class: 'c1', code: '3701%202613', digits: '482913' };
  mounted = await open('institution/scan-result/scan-result', query);
  await settle();

  expect(inputs).toEqual([{ voucherCode: '3701 2613', digits: '482913', classId: 'c1' }]);
});

test('one tap goes on to the next scan', async () => {
  answers(fail('code_expired'), ok(receipt));
  const root = await show();
  scanCode.mockResolvedValue({ result: `${CODE}0` });

  expect(root.textContent).toContain(toRefused({ code: 'code_expired' }, 'qr', 0).text);
  await tap('重新扫码');

  expect(inputs.at(-1)).toEqual({ qrText: `${CODE}0` });
  expect(root.textContent).toContain(ACCEPTED_TITLE);
});

test('a scan can be taken back with a reason', async () => {
  answers(ok(receipt));
  app.cloud['verification.reverse'] = input => {
    inputs.push(input);
    return ok({ ...receipt, command: 'reverse', status: 'claimed' });
  };
  const root = await show();

  await tap('扫错了？30分钟内可以撤销');
  type(findControl(root, '撤销原因'), '扫错了人');
  await settle();
  await tap('撤销核验');

  expect(inputs.at(-1)).toEqual({ voucherId: 'v1', reason: '扫错了人' });
  expect(root.textContent).toContain('已撤销核验');
});
