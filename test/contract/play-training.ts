import type { PlainInputOf } from '../../miniprogram/contract/operations';
import { aPublishedTemplate, classFields, importPeople } from '../support/classes';
import { aPerson } from '../support/people';
import { aCsv } from '../support/sheets';
import { aRosterOf, rosterRow } from '../support/uploads';
import type { Story } from './story';

export async function playTemplates(story: Story, publishedId: string): Promise<void> {
  const { cityCode, clerk, administrator } = story.cast;
  const fields = {
    cityCode,
    name: '岗前培训券',
    projectId: 'pre_job',
    issueMode: 'general',
    functionMode: 'credit',
    amountFen: 80_000,
    quota: 100,
    budgetFen: 8_000_000,
    claimWindowDays: 30,
    validDays: 60,
    audience: [{ kind: 'labour_contract' }, { kind: 'age_between', minYears: 16, maxYears: 60 }],
    institutionIds: [],
  } satisfies PlainInputOf<'voucher.createTemplate'>;
  const created = await story.done('voucher.createTemplate', 'a general one', fields, clerk);
  const templateId = created.id;
  const poor = { ...fields, budgetFen: 1 };
  await story.refused('voucher.createTemplate', 'template_budget_below_amount', poor, clerk);
  await story.done('voucher.amendTemplate', 'its quota', { templateId, quota: 90 }, clerk);
  await story.refused('voucher.closeTemplate', 'template_not_published', { templateId }, clerk);
  await story.done('voucher.publishTemplate', 'a general one', { templateId }, clerk);
  await story.refused('voucher.publishTemplate', 'template_not_draft', { templateId }, clerk);
  await story.done('voucher.closeTemplate', 'a general one', { templateId }, clerk);
  await story.refused('voucher.amendTemplate', 'template_closed', { templateId, quota: 95 }, clerk);
  await story.done(
    'voucher.getTemplate',
    'with a voucher issued',
    { templateId: publishedId },
    administrator,
  );
  await story.refused('voucher.getTemplate', 'template_not_found', { templateId: 'nothing' }, administrator);
  await story.done('voucher.listTemplates', 'that are published', { cityCode, status: 'published' }, clerk);
}

/** From the form to a running class whose two people hold vouchers. */
export async function playClass(story: Story): Promise<{ classId: string; templateId: string }> {
  const { cloud, cast } = story;
  const { clerk, administrator, institution } = cast;
  const institutionId = institution.id;
  const { id: templateId } = await aPublishedTemplate(cloud, cast);
  const fields = { ...classFields(cloud, templateId), endsOn: '2027-03-01' };
  const created = { institutionId, ...fields };
  const { id: classId } = await story.done('training.createClass', 'a class', created, administrator);
  const contradictory = { ...created, endsOn: '2027-02-01' };
  await story.refused('training.createClass', 'class_days_contradictory', contradictory, administrator);
  await story.done('training.amendClass', 'its place', { classId, place: '历下区实训基地' }, administrator);
  await story.refused('training.submitClass', 'class_roster_empty', { classId }, administrator);
  await playRoster(story, classId);
  await story.refused('training.approveClass', 'class_not_submitted', { classId }, clerk);
  await story.done('training.noteClass', 'of a draft', { classId, note: '晚上上课' }, administrator);
  await story.done('training.submitClass', 'the first time', { classId }, administrator);
  await story.refused('training.amendClass', 'class_not_editable', { classId, hours: 41 }, administrator);
  await story.done('training.returnClass', 'with a reason', { classId, reason: '地址不全' }, clerk);
  await story.done('training.getClass', 'that was returned', { classId }, administrator);
  await story.refused('training.getClass', 'class_not_found', { classId: 'nothing' }, administrator);
  await story.done('training.submitClass', 'again', { classId }, administrator);
  await story.refused('training.startClass', 'class_not_approved', { classId }, administrator);
  await story.done('training.approveClass', 'a class', { classId }, clerk);
  await story.refused('voucher.issue', 'template_not_general', { templateId }, clerk);
  const job = await story.done('voucher.issue', 'to a class', { classId }, clerk);
  await story.done('training.startClass', 'a class', { classId }, administrator);
  await story.refused('voucher.issue', 'already_holds_voucher', { classId }, clerk);
  await story.done('voucher.getJob', 'that issued', { jobId: job.id }, clerk);
  await story.done('training.getClass', 'that runs', { classId }, clerk);
  const running = { institutionId, status: 'running' } as const;
  await story.done('training.listClasses', 'that run', running, administrator);
  const cityCodes = [story.cast.cityCode];
  await story.done('training.countWaiting', 'of a city', { cityCodes }, clerk);
  return { classId, templateId };
}

async function playRoster(story: Story, classId: string): Promise<void> {
  const { clerk, administrator } = story.cast;
  const person = aPerson(0);
  const [name = '', idNumber = '', phone = ''] = rosterRow(person);
  const mixed = aRosterOf([
    rosterRow(person),
    ['', idNumber, phone, '是', '是'],
    [name, '370102199001010011', phone, '是', '是'],
    rosterRow(person),
    [...rosterRow(aPerson(1)).slice(0, 3), '否', '是'],
    [...rosterRow(aPerson(2)).slice(0, 3), '也许', '是'],
  ]);
  await story.done('training.getRosterForm', 'an empty form', {}, administrator);
  const fileId = await story.upload(administrator, mixed);
  await story.done('training.checkRoster', 'one good row of six', { classId, fileId }, administrator);
  const headless = await story.upload(administrator, aCsv([['姓名'], ['张三']]));
  await story.refused(
    'training.checkRoster',
    'file_column_missing',
    { classId, fileId: headless },
    administrator,
  );
  await story.done('training.importRoster', 'one good row of six', { classId, fileId }, administrator);
  await story.refused('training.importRoster', 'file_not_found', { classId, fileId }, administrator);
  const roster = await story.done('training.listRoster', 'before the issue', { classId }, administrator);
  const entryId = roster.items[0]?.id ?? '';
  await story.done('training.removeRosterEntry', 'the only one', { entryId }, administrator);
  await story.refused('training.removeRosterEntry', 'roster_entry_not_found', { entryId }, clerk);
  await importPeople(story.cloud, story.cast, { classId }, { count: 1 });
}
