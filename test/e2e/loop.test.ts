import { PROJECTS } from '../../miniprogram/contract/projects';
import { CLASS_NOTES } from '../../miniprogram/institution/view/class-page';
import { ACCEPTED_TITLE } from '../../miniprogram/institution/view/scan-result';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { JUST_USED } from '../../miniprogram/view/code';
import { HOME_WORDINGS } from '../../miniprogram/view/home';
import { maskName } from '../../cloudfunctions/shared/domain/person-name';
import { madeUpPerson } from '../../local/stage/made-up-people';
import { worker as seededWorker, WORKERS_COUNT } from '../../local/demo/cast';
import { anXlsx, cellsOf, type CellValue } from '../support/sheets';
import { personaOf } from './support/phones';
import { createSteps, openTheatre, OPENING_MS, type Theatre } from './support/theatre';

let theatre: Theatre;

beforeAll(async () => {
  theatre = await openTheatre();
}, OPENING_MS);

afterAll(async () => {
  await theatre?.close();
});

const step = createSteps('loop', () => theatre);

const CLERK = '济南市经办人员';
const FIRST_REVIEWER = '济南市审核人员（初审）';
const SECOND_REVIEWER = '济南市审核人员（复审）';
const PAYER = '济南市拨付人员';
const SCHOOL = '济南市泉城职业培训学校';
const WORKER = '还没有券';
const OPEN_CHANNEL = '3701000001';

const TEMPLATE = '智能焊接技能提升券';
const CLASS_NAME = '智能焊接一班';
const BATCH = '智能焊接班补贴申请';
const PAID_REFERENCE = 'ZF-2026-1124';
/** A job of this size ends with the call that starts it or with the next timer. */
const JOB_MS = 40_000;

const holder = seededWorker(WORKERS_COUNT - 1);
const classmate = madeUpPerson(5_000_001);
const stranger = madeUpPerson(5_000_002);
const DAY_MS = 24 * 3600 * 1000;

/** @returns the day in Shandong, such as 2026-12-01 */
const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * DAY_MS + 8 * 3600 * 1000).toISOString().slice(0, 10);

const ROSTER_HEADERS = ['姓名', '身份证号', '手机号', '是否签订劳动合同', '是否缴纳企业养老保险'];

const WRONG_ID_NUMBER = refusalText({ code: 'id_number_invalid', data: { fault: 'check_character' } });

/** Three people; the last digit of the third one's ID number is wrong. */
function rosterRows(): CellValue[][] {
  const wrongNumber = stranger.idNumber.slice(0, -1) + (stranger.idNumber.endsWith('1') ? '2' : '1');
  return [
    ROSTER_HEADERS,
    [holder.name, holder.idNumber, holder.phone, '是', '是'],
    [classmate.name, classmate.idNumber, classmate.phone, '是', '是'],
    [stranger.name, wrongNumber, stranger.phone, '是', '是'],
  ];
}

describe('the whole loop, played on three phones', () => {
  step('the clerk creates a template and publishes it', async ({ city }) => {
    await city.be(CLERK);
    await city.openTab('管理');
    await city.tap('券模板');
    await city.tap('新建券模板');
    await city.type('名称', TEMPLATE);
    await city.choose('培训项目', PROJECTS.skill_upgrade.name);
    await city.type('单张金额（元）', '1234.56');
    await city.type('总张数', '50');
    await city.type('总预算（元）', '61728');
    await city.tap('保存');
    await city.sees('编制中');

    await city.tap('发布');
    await city.confirm('发布');

    await city.sees('已发布');
  });

  step('the administrator creates a class for it', async ({ institution }) => {
    await institution.be(SCHOOL);
    await institution.openTab('班期');
    await institution.tap('新建班期');
    await institution.choose('券模板', TEMPLATE);
    await institution.type('班期名称', CLASS_NAME);
    await institution.type('上课地点', '历下区实训路1号三楼');
    await institution.chooseDay('开课日期', dayFromNow(0));
    await institution.chooseDay('结束日期', dayFromNow(20));
    await institution.type('总课时', '40');

    await institution.tap('保存');

    await institution.sees(CLASS_NOTES.import);
  });

  step('an empty roster with its headers can be had', async ({ institution }) => {
    await institution.tap('导入名册');

    const { bytes } = await institution.openDocument('打开空白名册');

    expect(cellsOf(bytes)[0]).toEqual(ROSTER_HEADERS);
  });

  step(
    'of the roster’s workbook the bad row is named, with its number and reason',
    async ({ institution }) => {
      await institution.pickFile('选择名册文件', { name: '名册.xlsx', bytes: await anXlsx(rosterRows()) });

      await institution.sees('共3行，可用2行，有问题1行');
      await institution.sees(`第 4 行 “身份证号”：${WRONG_ID_NUMBER}`);
      await institution.sees(
        new RegExp(`第 2 行：${maskName(holder.name).replace('*', '\\*')}，\\d{4}\\*{10}`),
      );
      expect(await institution.readScreen()).not.toContain(holder.idNumber);
    },
  );

  step('the list of all problems opens as a document', async ({ institution }) => {
    const { name, bytes } = await institution.openDocument('打开完整问题清单');

    expect(name).toBe('文档.xlsx');
    expect(cellsOf(bytes)).toEqual([
      ['行号', '列', '原因'],
      ['4', '身份证号', WRONG_ID_NUMBER],
    ]);
  });

  step('the good rows are taken in, and the class is handed in', async ({ institution }) => {
    await institution.tap('只导入可用的2人');
    await institution.sees('已导入2人，另有1行没有导入');
    await institution.tap('返回');
    await institution.sees(CLASS_NOTES.draft);

    await institution.tap('提交审核');
    await institution.confirm('确认提交');

    await institution.sees(CLASS_NOTES.submitted);
  });

  step('the clerk approves the class', async ({ city }) => {
    await city.be(CLERK);
    await city.openTab('管理');
    await city.tap('开班审核');
    await city.tap(CLASS_NAME);
    await city.sees(`${holder.name.slice(0, 1)}*`);

    await city.tap('通过开班审核');
    await city.confirm('通过');

    await city.sees('去发券');
  });

  step('the clerk issues, and the progress reaches its end', async ({ city }) => {
    await city.tap('去发券');
    await city.sees('2 张');
    await city.tap('发券');
    await city.confirm('发券');

    await city.sees('已办成2，未办成0，共2', { withinMs: JOB_MS });
    await city.sees('已办完', { withinMs: JOB_MS });
    await city.sees('查看发出的券');
  });

  step('the administrator opens the class', async ({ institution }) => {
    await institution.goBack();
    await institution.tap(CLASS_NAME);
    await institution.tap('开班');
    await institution.confirm('确认开班');

    await institution.sees(new RegExp(CLASS_NOTES.running));
  });

  step(
    'a worker comes from the official account, signs in and sees the one next thing',
    async ({ worker }) => {
      await worker.be(WORKER);
      await worker.openFromAccount(OPEN_CHANNEL);
      await worker.signIn();

      await worker.sees(HOME_WORDINGS.issued.heading);
      await worker.sees('去领取');
    },
  );

  step('the worker claims', async ({ worker }) => {
    await worker.tap('去领取');
    await worker.sees('1,234.56');
    await worker.tap('领取');

    await worker.sees('领取成功');
  });

  step('the code on the worker’s screen holds nothing personal', async ({ worker, demo }) => {
    const { openid } = personaOf(WORKER);
    const { items } = await demo.stage.caller.must('voucher.listMine', {}, { openid });
    const code = items[0]?.code;
    if (code === undefined) throw new Error('the worker has no voucher');
    await worker.tap('出示二维码');
    await worker.sees('请工作人员扫描二维码');
    await worker.sees(/秒后自动更新/);

    const text = await worker.readQr();

    expect(text).toMatch(/^SDV1\.[0-9a-z]{16}\.[0-9a-z]+\.[0-9a-z]{8}\.[0-9a-f]{16}$/);
    for (const secret of [holder.name, holder.idNumber, holder.phone, code])
      expect(text).not.toContain(secret);
  });

  step('the institution scans the worker’s screen and sees the masked name', async ({ institution }) => {
    await institution.goBack();
    await institution.openTab('扫码');
    await institution.scanScreenOf('劳动者');

    await institution.sees(ACCEPTED_TITLE);
    await institution.sees(maskName(holder.name));
    await institution.sees('1,234.56元');
    const screen = await institution.readScreen();
    expect(screen).not.toContain(holder.name);
    expect(screen).not.toContain(holder.idNumber);
  });

  step('the worker’s page turns to the result by itself', async ({ worker }) => {
    await worker.sees(JUST_USED.title);
    await worker.sees(JUST_USED.text);
    await worker.tap('完成');
  });

  step(
    'the institution makes a settlement batch of what it has verified and hands it in',
    async ({ institution }) => {
      await institution.goBack();
      await institution.openTab('班期');
      await institution.tap('申请补贴');
      await institution.tap('新建批次');
      await institution.choose('培训项目', PROJECTS.skill_upgrade.name);
      await institution.type('批次名称', BATCH);
      await institution.tap('新建批次');
      await institution.tap('从班期里选券');
      await institution.choose('班期', CLASS_NAME);
      await institution.tick(maskName(holder.name));
      await institution.tap('加入1张');
      await institution.sees('已办完', { withinMs: JOB_MS });
      await institution.tap('返回批次');
      await institution.sees(maskName(holder.name));

      await institution.tap('提交');
      await institution.confirm('确认提交');

      await institution.sees('待初审');
    },
  );

  step('the first reviewer passes it', async ({ city }) => {
    await city.be(FIRST_REVIEWER);
    await city.openTab('管理');
    await city.tap('初审');
    await city.tap(BATCH);
    await city.sees('1,234.56');

    await city.tap('初审通过');
    await city.confirm('初审通过');

    await city.sees('待复审');
  });

  step('the second reviewer passes it', async ({ city }) => {
    await city.be(SECOND_REVIEWER);
    await city.openTab('管理');
    await city.tap('复审');
    await city.tap(BATCH);

    await city.tap('复审通过');
    await city.confirm('复审通过');

    await city.sees('待拨付');
  });

  step(
    'the payer cannot register another sum, and pays the exact one until all is written off',
    async ({ city }) => {
      await city.be(PAYER);
      await city.openTab('管理');
      await city.tap('拨付');
      await city.tap(BATCH);
      await city.tap('去拨付');
      await city.type('实际拨付金额（元）', '1234.50');
      await city.type('拨付凭证号', PAID_REFERENCE);
      await city.tap('登记拨付');
      await city.sees('与批次总额 1,234.56元不一致，少了 0.06元');
      expect(await city.readField('拨付凭证号')).toBe(PAID_REFERENCE);

      await city.type('实际拨付金额（元）', '1234.56');
      await city.tap('登记拨付');
      await city.confirm('已拨付，登记');

      await city.sees('已核销', { withinMs: JOB_MS });
      await city.sees(/券码已经失效/, { withinMs: JOB_MS });
    },
  );

  step('the worker reads that the voucher has been written off', async ({ worker }) => {
    await worker.be(WORKER);

    await worker.sees('都办完了');
    await worker.sees('已核销');
  });

  step('nothing but this machine was asked, and the pages made no mistakes', async ({ listTroubles }) => {
    expect(await listTroubles()).toEqual({ blocked: [], errors: [], warnings: [] });
  });
});
