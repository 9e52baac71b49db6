import { CITY_CODES, type CityCode } from '../../miniprogram/contract/areas';
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import { Acts, usualTemplate } from '../stage/acts';
import { eachOf } from '../stage/each';
import type { MadeUpPerson } from '../stage/made-up-people';
import { appointOfficers, PROVINCE_OFFICER, type CityOfficers } from '../stage/officers';
import type { Stage } from '../stage/stage';
import { SEEDED_INSTITUTIONS, worker, WORKERS_COUNT } from './cast';

const CONCURRENCY = 8;

interface School {
  institutionId: string;
  administrator: string;
  officers: CityOfficers;
  templateId: string;
  channelNumber: string;
}

/**
 * Fills a fresh cloud through its own functions: sixteen cities with officers and channels, a few institutions,
 * classes and batches in each state, and made-up people whose vouchers stand at each step.
 */
export async function seed(stage: Stage, tell: (text: string) => void): Promise<void> {
  const acts = new Acts(stage);
  tell('16 个市：人员与渠道');
  const cities = await seedCities(acts);
  tell('培训机构与券模板');
  const schools = await seedSchools(acts, cities);
  tell('班期、名册与培训券');
  await eachOf(schools, CONCURRENCY, (school, position) => seedClasses(acts, school, position));
}

interface City {
  officers: CityOfficers;
  channelNumber: string;
}

async function seedCities(acts: Acts): Promise<Map<CityCode, City>> {
  const cities = new Map<CityCode, City>();
  const province = await acts.signIn(PROVINCE_OFFICER);
  await eachOf(CITY_CODES, CONCURRENCY, async (cityCode, position) => {
    const officers = await appointOfficers(acts.stage, cityCode, position, province);
    const { open } = await acts.addChannels(cityCode, officers.clerk);
    cities.set(cityCode, { officers, channelNumber: open });
  });
  return cities;
}

async function seedSchools(acts: Acts, cities: ReadonlyMap<CityCode, City>): Promise<School[]> {
  const schools: School[] = [];
  const templateIds = new Map<CityCode, string>();
  for (const [number, { name, cityCode, administrator: person }] of SEEDED_INSTITUTIONS.entries()) {
    const city = cities.get(cityCode);
    if (!city) throw new Error('an institution in no city');
    const { clerk } = city.officers;
    const { id: institutionId, administrator } = await acts.addInstitution(
      { name, cityCode, number },
      person,
      clerk,
    );
    if (!templateIds.has(cityCode)) templateIds.set(cityCode, await seedTemplates(acts, cityCode, clerk));
    const templateId = templateIds.get(cityCode) ?? '';
    schools.push({
      institutionId,
      administrator,
      officers: city.officers,
      templateId,
      channelNumber: city.channelNumber,
    });
  }
  return schools;
}

/** One template for each project and kind of interest; @returns the one that the classes use. */
async function seedTemplates(acts: Acts, cityCode: CityCode, clerk: string): Promise<string> {
  const apprentices = usualTemplate(cityCode, {
    name: '企业新型学徒制培训券',
    projectId: 'apprenticeship',
    functionMode: 'credit',
    amountFen: 500_000,
    quota: 1_000,
  });
  const open = usualTemplate(cityCode, {
    name: '岗前培训通用券',
    projectId: 'pre_job',
    issueMode: 'general',
    quota: 2_000,
  });
  await acts.publishTemplate(apprentices, clerk);
  await acts.must('voucher.createTemplate', open, clerk);
  return acts.publishTemplate(usualTemplate(cityCode), clerk);
}

/** Workers of a school's classes: every school gets its own sixtieth of the seeded people. */
const CLASS_SIZE = 20;
const CLASSES_A_SCHOOL = 3;

function peopleOf(schoolPosition: number, classPosition: number): MadeUpPerson[] {
  const first = (schoolPosition * CLASSES_A_SCHOOL + classPosition) * CLASS_SIZE;
  // The last seeded person stays without any voucher.
  return Array.from({ length: CLASS_SIZE }, (_, i) => worker(Math.min(first + i, WORKERS_COUNT - 2)));
}

async function seedClasses(acts: Acts, school: School, position: number): Promise<void> {
  const { administrator, officers } = school;
  const make = async (name: string, classPosition: number) => {
    const { institutionId, templateId } = school;
    const { id } = await acts.createClass({ institutionId, templateId, name }, administrator);
    await acts.importRoster(id, peopleOf(position, classPosition), administrator);
    return id;
  };
  await make('电工技能班（编制中）', 2);
  const submitted = await make('焊工技能班（待审核）', 1);
  await acts.must('training.submitClass', { classId: submitted }, administrator);
  const returned = await make('叉车技能班（已退回）', 2);
  await acts.must('training.submitClass', { classId: returned }, administrator);
  await acts.must(
    'training.returnClass',
    { classId: returned, reason: '培训地点请写到门牌号' },
    officers.clerk,
  );
  const approved = await make('钳工技能班（待发券）', 1);
  await acts.approveClass(approved, administrator, officers.clerk);
  const running = await make('数控车工提升班', 0);
  await acts.approveClass(running, administrator, officers.clerk);
  await acts.issue(running, officers.clerk);
  await acts.must('training.startClass', { classId: running }, administrator);
  await seedVouchers(acts, school, running, peopleOf(position, 0));
}

/** Of the running class: the first still to claim, the second to use, the third used, and eight on their way to write-off. */
async function seedVouchers(
  acts: Acts,
  school: School,
  classId: string,
  people: readonly MadeUpPerson[],
): Promise<void> {
  const { administrator, channelNumber } = school;
  const claimers = people.slice(1, 14);
  const codes: string[] = [];
  await eachOf(claimers, CONCURRENCY, async (person, position) => {
    const openid = await acts.signIn(person);
    const { id, code } = await acts.findMine(classId, openid);
    await acts.must('voucher.claim', { voucherId: id, channelNumber }, openid);
    if (position === 0) return;
    await acts.use(id, openid, administrator);
    if (position > 1) codes[position - 2] = code;
  });
  await seedBatches(acts, school, codes.filter(Boolean));
}

async function seedBatches(
  acts: Acts,
  { institutionId, administrator, officers }: School,
  codes: readonly string[],
): Promise<void> {
  const application = (title: string) => ({ institutionId, projectId: 'skill_upgrade' as const, title });
  const fill = async (title: string, from: number, to: number) =>
    (await acts.fillBatch(application(title), codes.slice(from, to), administrator)).batchId;
  const settled = await fill('第一期补贴申请', 0, 3);
  const approved = await fill('第二期补贴申请', 3, 5);
  const submitted = await fill('第三期补贴申请', 5, 7);
  await fill('第四期补贴申请（编制中）', 7, 8);
  for (const batchId of [settled, approved, submitted]) {
    await acts.must('settlement.submitBatch', { batchId }, administrator);
  }
  for (const batchId of [settled, approved]) {
    await acts.must('settlement.reviewBatch', { batchId }, officers.firstReviewer);
    await acts.must('settlement.approveBatch', { batchId }, officers.secondReviewer);
  }
  const { totalFen } = await acts.must('settlement.getBatch', { batchId: settled }, officers.payer);
  const payment = { paidFen: totalFen, paidOn: dayOf(Date.now()), reference: 'ZF-2026-0001' };
  const { jobId } = await acts.must('settlement.payBatch', { batchId: settled, ...payment }, officers.payer);
  if (jobId === undefined) throw new Error('a payment without its write-off');
  const job = await acts.must('settlement.getJob', { jobId }, officers.payer);
  await acts.waitForJob(job, 'settlement.getJob', officers.payer);
}
