import { CITY_CODES, type CityCode } from '../../miniprogram/contract/areas';
import { toFen } from '../../miniprogram/contract/fen';
import { Acts, usualTemplate } from '../stage/acts';
import { eachOf } from '../stage/each';
import {
  appointEntrants,
  appointOfficers,
  PROVINCE_OFFICER,
  officersOf,
  type CityOfficers,
} from '../stage/officers';
import type { Stage } from '../stage/stage';
import { rosterOf, SEEDED_INSTITUTIONS } from './cast';
import { School } from './school';
import type { Progress } from './waiting-room';
import { seedEntries } from './seed-entries';
import { Timeline } from './timeline';

const CONCURRENCY = 8;

/** Whoever acts on a day signs in on that day. */
type Staff = 'administrator' | Exclude<keyof CityOfficers, 'cityCode'>;

interface Episode {
  /** Before today. */
  daysAgo: number;
  staff: readonly Staff[];
  act(school: School): Promise<unknown>;
}

/** What every school goes through. */
const STORY: readonly Episode[] = [
  { daysAgo: 45, staff: ['administrator', 'clerk'], act: school => school.openFirstClass() },
  { daysAgo: 44, staff: [], act: school => school.claimFirst() },
  { daysAgo: 38, staff: ['administrator'], act: school => school.useFirst() },
  { daysAgo: 30, staff: ['clerk'], act: school => school.voidOne() },
  { daysAgo: 19, staff: ['administrator'], act: school => school.applyFirst() },
  { daysAgo: 17, staff: ['firstReviewer'], act: school => school.review('first') },
  { daysAgo: 15, staff: ['secondReviewer'], act: school => school.approve('first') },
  { daysAgo: 12, staff: ['payer'], act: school => school.payFirst() },
  { daysAgo: 12, staff: ['administrator', 'clerk'], act: school => school.openSecondClass() },
  { daysAgo: 10, staff: ['clerk'], act: school => school.claimSecond() },
  { daysAgo: 8, staff: ['administrator', 'firstReviewer'], act: school => school.applyNext() },
  { daysAgo: 6, staff: ['firstReviewer'], act: school => school.review('second', 'third') },
  { daysAgo: 4, staff: ['secondReviewer'], act: school => school.approve('second') },
  { daysAgo: 3, staff: ['administrator'], act: school => school.useSecond() },
  { daysAgo: 2, staff: ['administrator'], act: school => school.applyLast() },
];

/**
 * Fills a fresh cloud through its own functions: sixteen cities with channels, a few institutions and officers, classes
 * and batches in each state, and made-up people whose vouchers stand at each step. It happens over the two months before
 * today, so that every history has its dates.
 */
export async function seed(stage: Stage, show: Progress): Promise<void> {
  const step = countSteps(show);
  const acts = new Acts(stage);
  const timeline = new Timeline(stage);
  await timeline.goTo(60);
  step('16 个市：人员与渠道');
  const cities = await seedCities(acts);
  step('培训机构与券模板');
  const templates = await seedTemplates(acts, cities);
  const schools = await seedSchools(acts, { cities, templates, timeline });
  for (const { daysAgo, staff, act } of STORY) {
    step('班期、培训券与补贴申请');
    await timeline.goTo(daysAgo);
    await signInStaff(acts, staff);
    await eachOf(schools, CONCURRENCY, act);
  }
  step('班期、培训券与补贴申请');
  await timeline.goToNow();
  await signInStaff(acts, ['administrator', ...OFFICERS]);
  const province = await acts.signIn(PROVINCE_OFFICER);
  const officers = cities.get('3701')?.officers;
  if (officers)
    await seedEntries(acts, '3701', { clerk: officers.clerk, sealer: officers.firstReviewer, province });
  await eachOf(schools, CONCURRENCY, school => school.bringToToday());
  await refuseStrangers(schools);
}

/** Cities, institutions, the days of the story, and today. */
const STEPS = 2 + STORY.length + 1;

function countSteps(show: Progress): (text: string) => void {
  let done = 0;
  return text => show(text, done++ / STEPS);
}

const SEEDED_CITIES = [...new Set(SEEDED_INSTITUTIONS.map(({ cityCode }) => cityCode))];
/** In the order of {@link officersOf}. */
const OFFICERS = ['clerk', 'firstReviewer', 'secondReviewer', 'payer'] as const;

async function signInStaff(acts: Acts, staff: readonly Staff[]): Promise<void> {
  const administrators = SEEDED_INSTITUTIONS.map(({ administrator }) => administrator);
  const officers = SEEDED_CITIES.flatMap(cityCode =>
    officersOf(CITY_CODES.indexOf(cityCode)).filter((_, i) => staff.some(role => role === OFFICERS[i])),
  );
  const people = [...(staff.includes('administrator') ? administrators : []), ...officers];
  await eachOf(people, CONCURRENCY, person => acts.signIn(person));
}

interface City {
  officers: CityOfficers;
  channelNumber: string;
}

/** Every city has channels and somebody who keeps them; those with schools are staffed in full. */
async function seedCities(acts: Acts): Promise<Map<CityCode, City>> {
  const cities = new Map<CityCode, City>();
  const province = await acts.signIn(PROVINCE_OFFICER);
  await eachOf(CITY_CODES, CONCURRENCY, async (cityCode, position) => {
    if (!SEEDED_CITIES.includes(cityCode)) {
      const entrants = await appointEntrants(acts.stage, cityCode, position, province);
      await acts.addChannels(cityCode, { ...entrants, province });
      return;
    }
    const officers = await appointOfficers(acts.stage, cityCode, position, province);
    const entrants = { clerk: officers.clerk, sealer: officers.firstReviewer, province };
    const { open } = await acts.addChannels(cityCode, entrants);
    cities.set(cityCode, { officers, channelNumber: open });
  });
  return cities;
}

/** Templates of a city: the one of its classes, the one before it, and the 通用券 that is out. */
interface Templates {
  usual: string;
  earlier: string;
  general: string;
}

async function seedTemplates(acts: Acts, cities: ReadonlyMap<CityCode, City>) {
  const templates = new Map<CityCode, Templates>();
  await eachOf(SEEDED_CITIES, CONCURRENCY, async cityCode => {
    const clerk = cities.get(cityCode)?.officers.clerk ?? '';
    templates.set(cityCode, await seedTemplatesOf(acts, cityCode, clerk));
  });
  return templates;
}

/** One in each state, and one for each kind of interest. */
async function seedTemplatesOf(acts: Acts, cityCode: CityCode, clerk: string): Promise<Templates> {
  const apprentices = usualTemplate(cityCode, {
    name: '企业新型学徒制培训券',
    projectId: 'apprenticeship',
    functionMode: 'credit',
    amountFen: toFen(500_000),
    quota: 1_000,
  });
  const goldenCollar = usualTemplate(cityCode, {
    name: '“金蓝领”培训券（上一期）',
    projectId: 'golden_blue',
    quota: 300,
  });
  const preJob = usualTemplate(cityCode, {
    name: '岗前培训通用券',
    projectId: 'pre_job',
    issueMode: 'general',
    amountFen: toFen(60_000),
    quota: 2_000,
    claimWindowDays: 7,
  });
  const earlier = usualTemplate(cityCode, {
    name: '岗位技能提升培训券（上半年）',
    claimWindowDays: 14,
    validDays: 40,
    quota: 500,
  });
  await acts.publishTemplate(apprentices, clerk);
  const closed = await acts.publishTemplate(goldenCollar, clerk);
  await acts.must('voucher.closeTemplate', { templateId: closed }, clerk);
  await acts.must('voucher.createTemplate', { ...preJob, name: '岗前培训通用券（下一期）' }, clerk);
  const general = await acts.publishTemplate(preJob, clerk);
  return {
    usual: await acts.publishTemplate(usualTemplate(cityCode), clerk),
    earlier: await acts.publishTemplate(earlier, clerk),
    general,
  };
}

const TRADES = [
  '电工',
  '焊工',
  '数控车工',
  '钳工',
  '叉车',
  '养老护理',
  '中式面点',
  '电子商务',
  '汽车维修',
  '物流',
];

/** A school's own trades first. */
const tradesOf = (school: number): string[] =>
  TRADES.map((_, i) => TRADES[(i + school * 2) % TRADES.length] ?? '');

interface Grounds {
  cities: ReadonlyMap<CityCode, City>;
  templates: ReadonlyMap<CityCode, Templates>;
  timeline: Timeline;
}

async function seedSchools(acts: Acts, { cities, templates, timeline }: Grounds): Promise<School[]> {
  const schools: School[] = [];
  for (const [position, { name, cityCode, administrator: person }] of SEEDED_INSTITUTIONS.entries()) {
    const city = cities.get(cityCode);
    const ofCity = templates.get(cityCode);
    if (!city || !ofCity) throw new Error('an institution in no city');
    const { officers, channelNumber } = city;
    const isFirst = SEEDED_INSTITUTIONS.findIndex(other => other.cityCode === cityCode) === position;
    const { id: institutionId, administrator } = await acts.addInstitution(
      { name, cityCode, number: position },
      person,
      officers.clerk,
    );
    schools.push(
      new School(
        acts,
        {
          institutionId,
          administrator,
          officers,
          channelNumber,
          trades: tradesOf(position),
          templateId: ofCity.usual,
          earlierTemplateId: ofCity.earlier,
          ...(isFirst && { generalTemplateId: ofCity.general }),
          rosters: {
            running: rosterOf(position, 'running'),
            finished: rosterOf(position, 'finished'),
            planned: rosterOf(position, 'planned'),
          },
        },
        timeline,
      ),
    );
  }
  return schools;
}

/** Scans that were turned away, since the code belongs to another school. */
async function refuseStrangers(schools: readonly School[]): Promise<void> {
  for (const [position, school] of schools.entries()) {
    const stranger = schools[(position + 1) % schools.length];
    if (stranger) await school.refuse(stranger);
  }
}
