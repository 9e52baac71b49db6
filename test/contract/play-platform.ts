import { signInAs } from '../support/callers';
import { aPerson } from '../support/people';
import { anIssuedClass } from './issued-class';
import { CHANNEL, type Story } from './story';

const PERSON = 70;

/** What city and province see of messages that the ministry's platform has not got, and what the city does about them. */
export async function playPlatform(story: Story, templateId: string): Promise<void> {
  const { cloud, cast } = story;
  const { clerk, province, cityCode } = cast;
  await story.done('voucher.countUndelivered', 'where this system makes the codes', { cityCode }, clerk);
  await story.done('voucher.listUndelivered', 'none', { cityCode }, clerk);
  const { voucherId } = await anIssuedClass(story, templateId, PERSON);
  const worker = await signInAs(cloud, aPerson(PERSON));
  await cloud.must('voucher.claim', { voucherId, channelNumber: CHANNEL }, worker);
  await story.refused('voucher.resend', 'voucher_not_undelivered', { voucherId }, clerk);
  await story.refused('voucher.acceptRefusal', 'voucher_not_disputed', { voucherId }, clerk);

  // As it is where the platform makes the codes: it has refused the claim.
  const atMs = cloud.nowMs();
  const problem = { kind: 'refused', reason: 'state_differs', platformCode: '1002' };
  const delivery = { nextPosition: 1, attempts: 1, heldUntilMs: 0, problem };
  const dispute = { position: 1, command: 'claim', problem, atMs };
  const refuse = () =>
    cloud
      .sdk()
      .database()
      .collection('vouchers')
      .doc(voucherId)
      .update({ delivery, dispute, undeliveredSinceMs: atMs, stuckSinceMs: atMs });
  await refuse();
  await story.done('voucher.countUndelivered', 'with one that is disputed', { cityCode }, clerk);
  await story.done('voucher.listUndelivered', 'one that is disputed', {}, province);
  await story.done('voucher.resend', 'one that is disputed', { voucherId }, province);
  await story.refused('voucher.resend', 'voucher_not_found', { voucherId: 'nothing' }, clerk);
  await refuse();
  await story.done('voucher.acceptRefusal', 'of a claim', { voucherId }, clerk);
  await story.done('voucher.getVoucher', 'that was conceded', { voucherId }, clerk);
}
