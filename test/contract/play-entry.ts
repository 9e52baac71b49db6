import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import { usualEntry } from '../../local/stage/enter-network';
import type { RoleChoice } from '../../miniprogram/contract/entry';
import { signInAs } from '../support/callers';
import { aSeal } from '../support/entry';
import { aPerson } from '../support/people';
import type { Story } from './story';

const rowOf = (number: number) => ({
  rowKey: `row${number}`,
  countyCode: '370102',
  name: aPerson(number).name,
  namePinyin: 'zhang san',
  phone: aPerson(number).phone,
  idNumber: aPerson(number).idNumber,
});

/** 入网申请, from a form that is hardly begun to what its approval has opened. */
export async function playEntry(story: Story): Promise<void> {
  const { cloud, cast } = story;
  const { cityCode, clerk, province, payer } = cast;
  const [sealer] = cast.reviewers;
  // Officers sign in anew on another day.
  for (const { person } of [clerk, sealer, province, payer]) await signInAs(cloud, person);
  const begun = { cityCode, contactPhone: '138' };
  const { id: applicationId } = await story.done('entry.saveApplication', 'hardly begun', begun, clerk);
  const of = { applicationId };
  await story.refused('entry.submitApplication', 'entry_incomplete', of, clerk);
  const form = { ...usualEntry(cityCode, dayOf(cloud.nowMs())), channelNumber: '3701000077' };
  const filled = { ...of, revision: 1, ...form, adminAccounts: [rowOf(60), rowOf(61)] };
  await story.done('entry.saveApplication', 'filled in', filled, clerk);
  await story.refused('entry.saveApplication', 'entry_changed', filled, clerk);
  await story.done('entry.setDeadline', 'of the year', { deadlineOn: '2027-02-28' }, province);
  await story.done('entry.submitApplication', 'late', of, clerk);
  await story.refused('entry.saveApplication', 'entry_not_editable', filled, clerk);
  await story.refused('entry.sealApplication', 'entry_same_person', await sealBy(story, of, clerk), clerk);
  await story.done('entry.returnApplication', 'by the city', { ...of, reason: '请核对渠道编号' }, sealer);
  await story.refused('entry.returnApplication', 'entry_not_returnable', { ...of, reason: '再看看' }, sealer);
  await cloud.must('entry.submitApplication', of, clerk);
  await story.done('entry.startScanUpload', 'of a seal', of, sealer);
  await story.done('entry.sealApplication', 'of the city', await sealBy(story, of, sealer), sealer);
  await story.refused('entry.sendApplication', 'entry_not_province_sealed', of, province);
  for (const block of ['provinceHrssIt', 'platformOperator'] as const)
    await cloud.must('entry.sealApplication', await aSeal(cloud, applicationId, block, province), province);
  await story.done('entry.sendApplication', 'to the ministry', of, province);
  const roles: RoleChoice[] = [
    { rowKey: 'row60', role: 'clerk' },
    { rowKey: 'row61', role: 'none' },
  ];
  await story.refused('entry.approveApplication', 'entry_seal_missing', { ...of, roles }, province);
  const last = await aSeal(cloud, applicationId, 'mohrssInfoCentre', province);
  await cloud.must('entry.sealApplication', last, province);
  await story.refused('entry.approveApplication', 'entry_roles_incomplete', { ...of, roles: [] }, province);
  const approved = await story.done('entry.approveApplication', 'of a city', { ...of, roles }, province);
  const jobId = approved.approvalJobId ?? '';
  await story.done('entry.getJob', 'of an approval', { jobId }, province);
  await story.done('entry.listJobRefusals', 'of an approval', { jobId }, province);
  await story.done('entry.getApplication', 'approved', of, payer);
  await story.refused('entry.getApplication', 'entry_not_found', { applicationId: 'nothing' }, payer);
  await story.done('entry.listApplications', 'of a city', { cityCode }, clerk);
  await story.done('entry.unmaskApplication', 'approved', of, province);
  const scan = { ...of, block: 'cityHrssIt' as const };
  await story.done('entry.openScan', 'of a seal', scan, province);
}

const sealBy = (story: Story, { applicationId }: { applicationId: string }, by: { openid: string }) =>
  aSeal(story.cloud, applicationId, 'cityHrssIt', by);
