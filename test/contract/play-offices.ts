import { CONSENT_VERSION } from '../../miniprogram/contract/accounts';
import { aUscc } from '../support/callers';
import { aPerson } from '../support/people';
import { CHANNEL, type Story } from './story';

export async function playAccounts(story: Story): Promise<void> {
  const { cloud, cast } = story;
  const { province, administrator } = cast;
  const worker = { person: aPerson(50), openid: 'openid-of-newcomer' };
  const consent = { consentVersion: CONSENT_VERSION };
  await story.done('account.startSignIn', 'a phone before sign-in', {}, worker);
  await story.refused('account.getAccount', 'sign_in_required', {}, worker);
  await story.refused('account.signIn', 'sign_in_failed', { authCode: 'nobody', ...consent }, worker);
  const authCode = cloud.authorise(worker.person);
  await story.refused('account.signIn', 'consent_required', { authCode, consentVersion: 'old' }, worker);
  await story.done('account.signIn', 'a worker', { authCode, ...consent }, worker);
  await story.done('account.getAccount', 'of a worker', {}, worker);
  await story.done('account.getAccount', 'of an administrator', {}, administrator);
  await story.refused('account.listStaff', 'role_not_allowed', { cityCode: '3702' }, worker);
  await story.done('account.signOut', 'a worker', {}, worker);

  const { name, idNumber } = aPerson(51);
  const role = { role: 'clerk', cityCode: '3702' } as const;
  const staff = await story.done('account.grantRole', 'a clerk', { name, idNumber, ...role }, province);
  await story.refused('account.grantRole', 'role_already_granted', { name, idNumber, ...role }, province);
  await story.refused('account.grantRole', 'id_number_invalid', { name, idNumber: '1', ...role }, province);
  await story.done('account.listStaff', 'of a city with a clerk', { cityCode: '3702' }, province);
  const personId = staff.personId;
  await story.done('account.revokeRole', 'a clerk', { personId, ...role }, province);
  await story.refused('account.revokeRole', 'role_not_granted', { personId, ...role }, province);
}

export async function playChannels(story: Story): Promise<void> {
  const { cityCode, clerk } = story.cast;
  const common = { cityCode, kind: 'official_account', issuing: true } as const;
  const channel = { ...common, channelNumber: CHANNEL, name: '人社服务号' };
  await story.done('entry.addChannel', 'a channel', channel, clerk);
  await story.refused('entry.addChannel', 'channel_already_exists', channel, clerk);
  await story.refused('entry.addChannel', 'invalid_input', { ...channel, channelNumber: '1' }, clerk);
  const opened = { channelNumber: CHANNEL, voucherOpen: true };
  await story.done('entry.setChannel', 'opened for vouchers', opened, clerk);
  await story.refused(
    'entry.setChannel',
    'channel_not_found',
    { ...opened, channelNumber: '3701999999' },
    clerk,
  );
  await story.done('entry.listChannels', 'of a city', { cityCode }, clerk);
}

/** 开放接口客户端. */
export async function playClients(story: Story): Promise<void> {
  const { cityCode, clerk, institution, province } = story.cast;
  const school = { name: '教务系统', cityCode, kind: 'institution', institutionId: institution.id } as const;
  const created = await story.done(
    'entry.createClient',
    'of a school',
    { ...school, scopes: ['scanVoucher'] },
    clerk,
  );
  const foreign = { ...school, institutionId: 'nothing', scopes: ['scanVoucher' as const] };
  await story.refused('entry.createClient', 'institution_not_found', foreign, clerk);
  const push = { name: '省级系统', cityCode, kind: 'push' as const, scopes: ['pushVouchers' as const] };
  await story.refused('entry.createClient', 'role_not_allowed', push, clerk);
  await story.done('entry.createClient', 'of the push', push, province);
  const { id: clientId } = created;
  await story.done('entry.renewClientSecret', 'the first key', { clientId }, clerk);
  await story.refused('entry.renewClientSecret', 'client_not_found', { clientId: 'nothing' }, clerk);
  await story.done('entry.listClients', 'of a city', { cityCode }, clerk);
  const revocation = { clientId, reason: '系统停用' };
  await story.done('entry.revokeClient', 'of a school', revocation, clerk);
  await story.refused('entry.revokeClient', 'client_revoked', revocation, clerk);
}

export async function playInstitutions(story: Story): Promise<void> {
  const { cloud, cast } = story;
  const { cityCode, clerk } = cast;
  const added = { name: '泉城技能学校', uscc: aUscc(1), cityCode };
  const { id: institutionId } = await story.done('training.addInstitution', 'a school', added, clerk);
  await story.refused('training.addInstitution', 'institution_already_exists', added, clerk);
  await story.refused('training.addInstitution', 'uscc_invalid', { ...added, uscc: '1' }, clerk);
  const { name, idNumber } = aPerson(52);
  const person = { institutionId, name, idNumber };
  const administrator = await story.done('training.addAdministrator', 'of a school', person, clerk);
  await story.refused('training.addAdministrator', 'role_already_granted', person, clerk);
  await story.done('training.listAdministrators', 'of a school', { institutionId }, clerk);
  const { personId } = administrator;
  await story.done('training.removeAdministrator', 'of a school', { institutionId, personId }, clerk);
  await story.refused('training.removeAdministrator', 'role_not_granted', { institutionId, personId }, clerk);
  await story.done('training.setInstitution', 'closed', { institutionId, active: false }, clerk);
  await story.refused('training.addAdministrator', 'institution_not_active', person, clerk);
  await story.refused(
    'training.setInstitution',
    'institution_not_found',
    { institutionId: 'nothing' },
    clerk,
  );
  for (let number = 2; number <= 20; number++) {
    const school = { name: `第${number}技能学校`, uscc: aUscc(number), cityCode };
    await cloud.must('training.addInstitution', school, clerk);
  }
  const { nextCursor } = await story.done('training.listInstitutions', 'a full page', { cityCode }, clerk);
  if (nextCursor === undefined) throw new Error('there is one page of institutions only');
  await story.done('training.listInstitutions', 'the last page', { cityCode, cursor: nextCursor }, clerk);
  await story.done('training.listInstitutions', 'an administrator’s own', {}, cast.administrator);
  await story.done(
    'training.getInstitution',
    'an administrator’s own',
    { institutionId: cast.institution.id },
    cast.administrator,
  );
}
