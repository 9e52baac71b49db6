import { CONSENT_VERSION } from '../../miniprogram/contract/accounts';
import { aUscc, signInAs } from '../support/callers';
import { aPerson } from '../support/people';
import { aCsv } from '../support/sheets';
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

export async function playChannelImport(story: Story): Promise<void> {
  const { cityCode, clerk } = story.cast;
  await story.done('entry.getCoverage', 'of a city', { cityCodes: [cityCode] }, clerk);
  await story.done('entry.getChannelForm', 'an empty form', {}, clerk);
  await story.done('entry.startUpload', 'for channels', { cityCode }, clerk);
  const table = aCsv([
    ['渠道编号', '渠道名称', '渠道类型', '是否签发渠道'],
    [CHANNEL, '人社服务号', '公众号', '是'],
    ['3701000900', '人社手机应用', '手机应用', '否'],
  ]);
  const fileId = await story.upload({ channelsOf: cityCode }, table, clerk);
  const file = { cityCode, fileId };
  await story.done('entry.checkChannels', 'a channel that is there', file, clerk);
  await story.done('entry.importChannels', 'a channel that is there', file, clerk);
  await story.refused('entry.checkChannels', 'file_not_found', file, clerk);
}

/** Institutions of a file, and what an administrator of a suspended one reads. */
export async function playInstitutionImport(story: Story): Promise<void> {
  const { cityCode, clerk } = story.cast;
  const { name, idNumber } = aPerson(53);
  const administrator = await signInAs(story.cloud, aPerson(53));
  await story.done('training.getInstitutionForm', 'an empty form', {}, clerk);
  await story.done('training.startInstitutionUpload', 'for institutions', { cityCode }, clerk);
  const table = aCsv([
    ['机构名称', '统一社会信用代码', '可开展项目', '管理员姓名', '管理员身份证号'],
    ['批量技能学校', aUscc(60), '岗前培训', name, idNumber],
    ['没有代码学校', '1', '', '', ''],
  ]);
  const file = { cityCode, fileId: await story.upload({ institutionsOf: cityCode }, table, clerk) };
  await story.done('training.checkInstitutions', 'a row that is wrong', file, clerk);
  const { id: jobId } = await story.done('training.importInstitutions', 'a row that is wrong', file, clerk);
  await story.done('training.getJob', 'an import of institutions', { jobId }, clerk);
  await story.done('training.listJobRefusals', 'an import of institutions', { jobId }, clerk);
  await story.refused('training.getJob', 'job_not_found', { jobId: 'nothing' }, clerk);
  await story.done('training.countInstitutions', 'found by a name', { cityCode, search: '批量' }, clerk);
  const { items } = await story.cloud.must('training.listInstitutions', { own: true }, administrator);
  const institutionId = items[0]?.id ?? '';
  const suspended = { institutionId, active: false, reason: '抽查发现代签' };
  await story.cloud.must('training.setInstitution', suspended, clerk);
  await story.done('account.getAccount', 'of a suspended administrator', {}, administrator);
  await story.refused('training.getInstitution', 'institution_suspended', { institutionId }, administrator);
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
  const why = { institutionId, active: false, reason: '年审材料没有交齐' };
  await story.done('training.setInstitution', 'closed with a reason', why, clerk);
  const projectIds = ['pre_job'] as const;
  await story.done(
    'training.setInstitution',
    'of some projects',
    { institutionId, projectIds: [...projectIds] },
    clerk,
  );
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
