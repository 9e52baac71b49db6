import type { Plain } from '../../miniprogram/contract/brand';
import type { TemplateFields, TemplateView } from '../../miniprogram/contract/templates';
import type { ClassFields } from '../../miniprogram/contract/training';
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import type { Cast } from './callers';
import type { TestCloud } from './test-cloud';
import { aRoster } from './uploads';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day so many days from today, in Shandong. */
export const dayFromNow = (cloud: TestCloud, days: number): string => dayOf(cloud.nowMs() + days * DAY_MS);

/** A published template of the cast's city; targeted unless told otherwise. */
export async function aPublishedTemplate(
  cloud: TestCloud,
  { clerk, cityCode }: Cast,
  fields: Partial<Plain<TemplateFields>> = {},
): Promise<TemplateView> {
  const { id: templateId } = await cloud.must(
    'voucher.createTemplate',
    {
      cityCode,
      name: '岗位技能提升培训券',
      projectId: 'skill_upgrade',
      issueMode: 'targeted',
      functionMode: 'face_value',
      amountFen: 50_000,
      quota: 20_000,
      budgetFen: 1_000_000_000,
      claimWindowDays: 30,
      validDays: 90,
      audience: [{ kind: 'labour_contract' }, { kind: 'enterprise_pension' }],
      institutionIds: [],
      ...fields,
    },
    clerk,
  );
  return cloud.must('voucher.publishTemplate', { templateId }, clerk);
}

/** What an institution fills in for a class that begins today. */
export const classFields = (cloud: TestCloud, templateId: string): Plain<ClassFields> => ({
  templateId,
  name: '焊工初级班',
  place: '历城区实训基地',
  startsOn: dayFromNow(cloud, 0),
  endsOn: dayFromNow(cloud, 10),
  hours: 40,
});

/** A class of the cast's institution that nobody has handed in yet, without a roster. */
export async function aDraftClass(
  cloud: TestCloud,
  cast: Cast,
  template: Partial<Plain<TemplateFields>> = {},
): Promise<{ classId: string; templateId: string }> {
  const { id: templateId } = await aPublishedTemplate(cloud, cast, template);
  const fields = classFields(cloud, templateId);
  const input = { institutionId: cast.institution.id, ...fields };
  const { id: classId } = await cloud.must('training.createClass', input, cast.administrator);
  return { classId, templateId };
}

/** Imports aPerson(first), aPerson(first + 1) … onto a roster. */
export async function importPeople(
  cloud: TestCloud,
  { administrator, clerk }: Cast,
  owner: { classId: string } | { templateId: string },
  { count, first = 0 }: { count: number; first?: number },
): Promise<void> {
  const caller = 'classId' in owner ? administrator : clerk;
  const fileId = await cloud.upload(owner, aRoster(count, first), caller);
  await cloud.must('training.importRoster', { ...owner, fileId }, caller);
}

/** A class that has passed its opening review, with people on the roster. */
export async function anApprovedClass(
  cloud: TestCloud,
  cast: Cast,
  { people = 2, template = {} }: { people?: number; template?: Partial<Plain<TemplateFields>> } = {},
): Promise<{ classId: string; templateId: string }> {
  const made = await aDraftClass(cloud, cast, template);
  const { classId } = made;
  if (people > 0) await importPeople(cloud, cast, { classId }, { count: people });
  await cloud.must('training.submitClass', { classId }, cast.administrator);
  await cloud.must('training.approveClass', { classId }, cast.clerk);
  return made;
}
