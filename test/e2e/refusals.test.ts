import { worker as seededWorker, WORKERS_COUNT } from '../../local/demo/cast';
import { Acts, usualTemplate } from '../../local/stage/acts';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { RefusalData } from '../../miniprogram/contract/result';
import { CLASS_NOTES } from '../../miniprogram/institution/view/class-page';
import { ACCEPTED_TITLE, toForeign, toRefused } from '../../miniprogram/institution/view/scan-result';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { JUST_USED } from '../../miniprogram/view/code';
import { ACTION_TEXTS, LOCAL_FAILURE_TEXTS } from '../../miniprogram/view/failure';
import { personaOf, type Phone } from './support/phones';
import { createScenes, openTheatre, OPENING_MS, type Theatre } from './support/theatre';

const SCHOOL = '济南市泉城职业培训学校';
const OTHER_SCHOOL = '济南长清技工培训中心';
const CLERK = '济南市经办人员';
const OTHER_CLERK = '青岛市经办人员';
const TO_CLAIM = '有券待领取';
const TO_USE = '已领取，可用券';
const NEWCOMER = '还没有券';
const OPEN_CHANNEL = '3701000001';
const CLOSED_CHANNEL = '3701000002';

let theatre: Theatre;

beforeAll(async () => {
  theatre = await openTheatre();
  await issueToNewcomer(theatre);
}, OPENING_MS);

afterAll(async () => {
  await theatre?.close();
});

const scene = createScenes('refusals', () => theatre);

/** What the scanner's page says of a refusal. */
const told = (code: ErrorCode, data: RefusalData = {}) => toRefused({ code, data }, 'qr', Date.now());

/** A voucher for the person who has none, of a class that has begun. */
async function issueToNewcomer({ demo }: Theatre): Promise<void> {
  const acts = new Acts(demo.stage);
  const [clerk, administrator] = [personaOf(CLERK).openid, personaOf(SCHOOL).openid];
  const [school] = (await acts.must('training.listInstitutions', {}, administrator)).items;
  const template = usualTemplate('3701', { name: '岗位技能提升培训券（第二批）' });
  const templateId = await acts.publishTemplate(template, clerk);
  const institutionId = school?.id ?? '';
  const { id } = await acts.createClass({ institutionId, templateId, name: '电工提升班' }, administrator);
  await acts.importRoster({ classId: id }, [seededWorker(WORKERS_COUNT - 1)], administrator);
  await acts.approveClass(id, administrator, clerk);
  await acts.issue(id, clerk);
  await acts.must('training.startClass', { classId: id }, administrator);
}

async function showCode(worker: Phone): Promise<string> {
  await worker.be(TO_USE);
  await worker.tap('出示二维码');
  await worker.sees(/秒后自动更新/);
  const text = await worker.readQr();
  if (text === undefined) throw new Error('no code can be read from the screen');
  return text;
}

async function openScanner(institution: Phone, school: string): Promise<void> {
  await institution.be(school);
  await institution.openTab('扫码');
}

/** How often the holder's vouchers have been claimed, by their histories. */
async function countClaims({ demo }: Theatre, title: string): Promise<number> {
  const { openid } = personaOf(title);
  const { items } = await demo.stage.caller.must('voucher.listMine', {}, { openid });
  const histories = await Promise.all(
    items.map(({ id }) => demo.stage.caller.must('voucher.getMine', { voucherId: id }, { openid })),
  );
  return histories.flatMap(({ history }) => history).filter(({ command }) => command === 'claim').length;
}

describe('a scan that does not count', () => {
  scene('a web link is named as what it looks like, and is not sent', async ({ institution, page }) => {
    const sent: string[] = [];
    page.on('request', request => sent.push(request.postData() ?? ''));
    await openScanner(institution, SCHOOL);

    await institution.scanText('https://example.com/menu');

    const foreign = toForeign('一个网页链接');
    await institution.sees(foreign.title);
    await institution.sees(foreign.text);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(body => body.includes('example.com'))).toEqual([]);
  });

  scene('another institution’s voucher is refused and stays unused', async ({ worker, institution }) => {
    await openScanner(institution, OTHER_SCHOOL);
    await showCode(worker);

    await institution.scanScreenOf('劳动者');

    await institution.sees(told('voucher_not_for_this_institution').title);
    await institution.sees(refusalText({ code: 'voucher_not_for_this_institution' }));
    expect(await worker.shows('请工作人员扫描二维码')).toBe(true);
  });

  scene('a code of two windows ago is too old', async ({ worker, institution, demo }) => {
    const old = await showCode(worker);
    await openScanner(institution, SCHOOL);
    await demo.stage.cloud.setClockOffsetMs(90_000);

    await institution.scanText(old);

    await institution.sees(told('code_expired').title);
    await institution.sees(told('code_expired').text);
  });

  scene(
    'a voucher that I have verified just now counts once, and nothing is wrong',
    async ({ worker, institution }) => {
      const text = await showCode(worker);
      await openScanner(institution, SCHOOL);
      await institution.scanText(text);
      await institution.sees(ACCEPTED_TITLE);

      await institution.scanText(text, '继续扫码');

      await institution.sees('您刚才已核验成功');
      await institution.sees(told('voucher_already_used', { mine: true }).text);
      await worker.sees(JUST_USED.text);
    },
  );
});

describe('a claim that does not come through', () => {
  scene('a channel that is not open cannot be claimed through; the open one is named', async ({ worker }) => {
    await worker.be(TO_CLAIM);
    await worker.openFromAccount(CLOSED_CHANNEL);
    await worker.signIn();
    await worker.tap('去领取');

    await worker.sees('这里不能直接领取。请从您所在市的“人社服务号”打开职业培训券，再点“领取”。');
  });

  scene('without network it says so, and trying again with network claims', async ({ worker }) => {
    await worker.openFromAccount(OPEN_CHANNEL);
    await worker.tap('去领取');
    await worker.sees('领取后只能由您本人使用，不能转让。');
    await worker.setOffline(true);
    await worker.tap('领取');
    await worker.sees(LOCAL_FAILURE_TEXTS.offline);

    await worker.setOffline(false);
    await worker.tap('再试一次');

    await worker.sees('领取成功');
  });

  scene('when the answer gets lost, the app asks again and there is one claim', async open => {
    const { worker } = open;
    await worker.be(NEWCOMER);
    await worker.openFromAccount(OPEN_CHANNEL);
    await worker.signIn();
    await worker.tap('去领取');
    await worker.sees('领取后只能由您本人使用，不能转让。');
    await worker.loseNextAnswer();

    await worker.tap('领取');

    await worker.sees('领取成功');
    expect(await worker.hasLostAnswer()).toBe(true);
    expect(await countClaims(open, NEWCOMER)).toBe(1);
  });
});

describe('a form that cannot be saved', () => {
  scene(
    'after the sign-in has ended, signing in again finds what was typed',
    async ({ institution, demo }) => {
      await institution.be(SCHOOL);
      await institution.openTab('班期');
      await institution.tap('新建班期');
      await institution.choose('券模板', '岗位技能提升培训券（第二批）');
      await institution.type('班期名称', '登录过期也不丢的班');
      await institution.type('上课地点', '实训楼二层');
      await institution.chooseDay('开课日期', '2027-01-04');
      await institution.chooseDay('结束日期', '2027-01-20');
      await institution.type('总课时', '36');
      await demo.stage.caller.must('account.signOut', {}, { openid: personaOf(SCHOOL).openid });
      await institution.tap('保存');
      await institution.sees(LOCAL_FAILURE_TEXTS.sign_in_ended);

      await institution.signIn();

      await institution.leaves(LOCAL_FAILURE_TEXTS.sign_in_ended);
      expect(await institution.readField('班期名称')).toBe('登录过期也不丢的班');
      expect(await institution.readField('上课地点')).toBe('实训楼二层');
      expect(await institution.readField('总课时')).toBe('36');
      await institution.tap('保存');
      await institution.sees(CLASS_NOTES.import);
    },
  );

  scene(
    'in a sheet, too, signing in again finds what was typed, and sends it',
    async ({ city, demo: { stage } }) => {
      const clerk = { openid: personaOf(CLERK).openid };
      const submitted = { cityCode: '3701', status: 'submitted' } as const;
      const [waiting] = (await stage.caller.must('training.listClasses', submitted, clerk)).items;
      await city.be(CLERK);
      await city.openTab('管理');
      await city.tap('开班审核');
      await city.tap(waiting?.name ?? '');
      await city.tap('退回');
      await city.type('退回原因', '上课地点请写到门牌号');
      await stage.caller.must('account.signOut', {}, clerk);
      await city.confirm('退回');
      await city.sees(LOCAL_FAILURE_TEXTS.sign_in_ended);

      await city.tap(ACTION_TEXTS.sign_in);
      await city.tap('同意并登录');
      await city.tap('同意授权');
      await city.leaves(LOCAL_FAILURE_TEXTS.sign_in_ended);
      expect(await city.readField('退回原因')).toBe('上课地点请写到门牌号');
      await city.confirm('退回');

      await city.sees('已退回');
    },
  );

  scene(
    'after the role was taken away it says so, and what was typed is still there',
    async ({ city, demo }) => {
      await city.be(OTHER_CLERK);
      await city.openTab('管理');
      await city.tap('券模板');
      await city.tap('新建券模板');
      await city.type('名称', '没有权限也不丢的券');
      await city.choose('培训项目', '岗前培训');
      await city.type('单张金额（元）', '800');
      await city.type('总张数', '10');
      await city.type('总预算（元）', '8000');
      await revokeClerk(demo.stage.caller);

      await city.tap('保存');

      await city.sees(refusalText({ code: 'role_not_allowed' }));
      expect(await city.readField('名称')).toBe('没有权限也不丢的券');
      expect(await city.readField('总预算（元）')).toBe('8000');
    },
  );
});

async function revokeClerk(caller: Theatre['demo']['stage']['caller']): Promise<void> {
  const province = { openid: personaOf('省级管理人员').openid };
  const staff = await caller.must('account.listStaff', { cityCode: '3702' }, province);
  const clerk = staff.items.find(({ grants }) => grants.some(({ role }) => role === 'clerk'));
  const input = { personId: clerk?.personId ?? '', role: 'clerk', cityCode: '3702' } as const;
  await caller.must('account.revokeRole', input, province);
}

describe('the day after', () => {
  afterAll(async () => {
    await theatre?.demo.stage.cloud.setClockOffsetMs(0);
  });

  scene(
    'the administrator’s sign-in has ended in the middle of a scan, which goes on',
    async ({ institution, page }) => {
      await institution.be(OTHER_SCHOOL);
      await institution.openTab('扫码');
      await institution.sees('扫一扫');
      await page.getByRole('button', { name: '+1 天' }).click();

      await institution.scanText('SDV1.unknown');
      await institution.sees(LOCAL_FAILURE_TEXTS.sign_in_ended);
      await institution.signIn();

      // The scan itself is judged now.
      await institution.sees(told('code_unrecognised').title);
    },
  );

  scene('an officer’s desk keeps its tab, says so and goes on', async ({ city }) => {
    await city.be(CLERK);
    await city.openTab('管理');
    await city.sees(LOCAL_FAILURE_TEXTS.sign_in_ended);

    await city.signIn();

    await city.leaves(LOCAL_FAILURE_TEXTS.sign_in_ended);
    await city.sees('等我处理');
  });
});

describe('the privacy guide before the first file', () => {
  scene('can be refused, which is said, and agreed to later', async ({ institution }) => {
    await institution.be(OTHER_SCHOOL);
    await institution.openTab('班期');
    await institution.tap('数控车工技能班');
    await institution.tap('导入名册');
    await institution.tap('选择名册文件');
    await institution.confirm('不同意');
    await institution.sees(LOCAL_FAILURE_TEXTS.privacy_refused);

    await institution.pickFile('选择名册文件', { name: '空的.csv', bytes: new Uint8Array() });

    await institution.sees(refusalText({ code: 'file_empty' }));
  });
});

describe('a file that is no roster', () => {
  scene('is told what it is, and another one can be chosen', async ({ institution }) => {
    await institution.be(SCHOOL);
    await institution.openTab('班期');
    await institution.tap('电工技能班');
    await institution.tap('导入名册');
    await institution.pickFile('选择名册文件', { name: '空的.csv', bytes: new Uint8Array() });
    await institution.sees(refusalText({ code: 'file_empty' }));

    const letter = new TextEncoder().encode('各位学员：\n请于下周一到校。\n');
    await institution.pickFile('选择名册文件', { name: '通知.csv', bytes: letter });

    await institution.sees(/表格缺少/);
    await institution.sees('通知.csv');
  });
});

describe('all the while', () => {
  scene('nothing but this machine was asked, and the pages made no mistakes', async ({ listTroubles }) => {
    expect(await listTroubles()).toEqual({ blocked: [], errors: [], warnings: [] });
  });
});
