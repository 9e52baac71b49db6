import type { CityCode } from '../../miniprogram/contract/areas';
import type { PlainInputOf, OperationName } from '../../miniprogram/contract/operations';
import { madeUpPerson } from '../stage/made-up-people';

/** What the strangers aim at: records of one city and one institution, in the states that would let the owner go on. */
export interface Targets {
  cityCode: CityCode;
  channelNumber: string;
  institutionId: string;
  administratorId: string;
  staffId: string;
  templateId: string;
  draftTemplateId: string;
  draftClassId: string;
  submittedClassId: string;
  approvedClassId: string;
  runningClassId: string;
  rosterEntryId: string;
  rosterFileId: string;
  issuedVoucherId: string;
  claimedVoucherId: string;
  usedVoucherId: string;
  voucherCode: string;
  qrText: string;
  draftBatchId: string;
  submittedBatchId: string;
  reviewedBatchId: string;
  approvedBatchId: string;
  batchedVoucherId: string;
  codesFileId: string;
  issueJobId: string;
  importJobId: string;
  paidFen: number;
  today: string;
}

/** Somebody to give a role to: never anybody of the cast. */
const STRANGER = madeUpPerson(12_900_000);

const templateFields = ({ cityCode }: Targets): PlainInputOf<'voucher.createTemplate'> => ({
  cityCode,
  name: '外人的券',
  projectId: 'pre_job',
  issueMode: 'targeted',
  functionMode: 'credit',
  amountFen: 100,
  quota: 10,
  budgetFen: 1_000,
  claimWindowDays: 1,
  validDays: 1,
  audience: [],
  institutionIds: [],
});

/** A well-formed input to every operation that needs a role: nothing but the wrong person may be its fault. */
export const FOREIGN_INPUTS: { [Name in OperationName]: (targets: Targets) => PlainInputOf<Name> } = {
  'account.startSignIn': () => ({}),
  'account.signIn': () => ({ authCode: 'none', consentVersion: 'none' }),
  'account.getAccount': () => ({}),
  'account.signOut': () => ({}),
  'account.grantRole': ({ cityCode }) => ({
    name: STRANGER.name,
    idNumber: STRANGER.idNumber,
    role: 'clerk',
    cityCode,
  }),
  'account.revokeRole': ({ staffId, cityCode }) => ({ personId: staffId, role: 'clerk', cityCode }),
  'account.listStaff': ({ cityCode }) => ({ cityCode }),
  'entry.listChannels': ({ cityCode }) => ({ cityCode }),
  'entry.addChannel': ({ cityCode }) => ({
    channelNumber: '9999999999',
    cityCode,
    name: '外人的渠道',
    kind: 'app',
    issuing: true,
  }),
  'entry.setChannel': ({ channelNumber }) => ({ channelNumber, voucherOpen: false }),
  'training.addInstitution': ({ cityCode }) => ({ name: '外人的学校', uscc: '91350100M000100Y43', cityCode }),
  'training.setInstitution': ({ institutionId }) => ({ institutionId, active: false }),
  'training.getInstitution': ({ institutionId }) => ({ institutionId }),
  'training.listInstitutions': ({ cityCode }) => ({ cityCode }),
  'training.addAdministrator': ({ institutionId }) => ({
    institutionId,
    name: STRANGER.name,
    idNumber: STRANGER.idNumber,
  }),
  'training.removeAdministrator': ({ institutionId, administratorId }) => ({
    institutionId,
    personId: administratorId,
  }),
  'training.listAdministrators': ({ institutionId }) => ({ institutionId }),
  'training.createClass': ({ institutionId, templateId }) => ({
    institutionId,
    templateId,
    name: '外人的班',
    place: '某处',
    startsOn: '2026-12-01',
    endsOn: '2026-12-02',
    hours: 8,
  }),
  'training.amendClass': ({ draftClassId }) => ({ classId: draftClassId, name: '改名' }),
  'training.submitClass': ({ draftClassId }) => ({ classId: draftClassId }),
  'training.approveClass': ({ submittedClassId }) => ({ classId: submittedClassId }),
  'training.returnClass': ({ submittedClassId }) => ({ classId: submittedClassId, reason: '不同意' }),
  'training.startClass': ({ approvedClassId }) => ({ classId: approvedClassId }),
  'training.finishClass': ({ runningClassId }) => ({ classId: runningClassId }),
  'training.getClass': ({ approvedClassId }) => ({ classId: approvedClassId }),
  'training.listClasses': ({ institutionId, cityCode }) => ({ institutionId, cityCode }),
  'training.getRosterForm': () => ({}),
  'training.checkRoster': ({ draftClassId, rosterFileId }) => ({
    classId: draftClassId,
    fileId: rosterFileId,
  }),
  'training.importRoster': ({ draftClassId, rosterFileId }) => ({
    classId: draftClassId,
    fileId: rosterFileId,
  }),
  'training.listRoster': ({ approvedClassId }) => ({ classId: approvedClassId }),
  'training.removeRosterEntry': ({ rosterEntryId }) => ({ entryId: rosterEntryId }),
  'voucher.createTemplate': templateFields,
  'voucher.amendTemplate': ({ draftTemplateId }) => ({ templateId: draftTemplateId, name: '改名' }),
  'voucher.publishTemplate': ({ draftTemplateId }) => ({ templateId: draftTemplateId }),
  'voucher.closeTemplate': ({ templateId }) => ({ templateId }),
  'voucher.getTemplate': ({ templateId }) => ({ templateId }),
  'voucher.listTemplates': ({ cityCode }) => ({ cityCode }),
  'voucher.issue': ({ approvedClassId }) => ({ classId: approvedClassId }),
  'voucher.listMine': () => ({}),
  'voucher.getMine': ({ claimedVoucherId }) => ({ voucherId: claimedVoucherId }),
  'voucher.claim': ({ issuedVoucherId, channelNumber }) => ({ voucherId: issuedVoucherId, channelNumber }),
  'voucher.showCode': ({ claimedVoucherId }) => ({ voucherId: claimedVoucherId }),
  'voucher.listVouchers': ({ runningClassId }) => ({ classId: runningClassId }),
  'voucher.getVoucher': ({ claimedVoucherId }) => ({ voucherId: claimedVoucherId }),
  'voucher.void': ({ claimedVoucherId }) => ({ voucherId: claimedVoucherId, reason: '作废' }),
  'voucher.voidBatch': ({ runningClassId }) => ({ classId: runningClassId, reason: '作废' }),
  'voucher.getJob': ({ issueJobId }) => ({ jobId: issueJobId }),
  'voucher.listJobRefusals': ({ issueJobId }) => ({ jobId: issueJobId }),
  'verification.use': ({ qrText }) => ({ qrText }),
  'verification.reverse': ({ usedVoucherId }) => ({ voucherId: usedVoucherId, reason: '撤销' }),
  'verification.listVerifications': ({ institutionId }) => ({ institutionId }),
  'verification.countToday': ({ institutionId }) => ({ institutionId }),
  'settlement.createBatch': ({ institutionId }) => ({
    institutionId,
    projectId: 'skill_upgrade',
    title: '外人的申请',
  }),
  'settlement.checkCodes': ({ draftBatchId, codesFileId }) => ({
    batchId: draftBatchId,
    fileId: codesFileId,
  }),
  'settlement.importCodes': ({ draftBatchId, codesFileId }) => ({
    batchId: draftBatchId,
    fileId: codesFileId,
  }),
  'settlement.addVouchers': ({ draftBatchId, usedVoucherId }) => ({
    batchId: draftBatchId,
    voucherIds: [usedVoucherId],
  }),
  'settlement.removeItem': ({ submittedBatchId, batchedVoucherId }) => ({
    batchId: submittedBatchId,
    voucherId: batchedVoucherId,
    reason: '移出',
  }),
  'settlement.submitBatch': ({ draftBatchId }) => ({ batchId: draftBatchId }),
  'settlement.reviewBatch': ({ submittedBatchId }) => ({ batchId: submittedBatchId }),
  'settlement.approveBatch': ({ reviewedBatchId }) => ({ batchId: reviewedBatchId }),
  'settlement.returnBatch': ({ submittedBatchId }) => ({ batchId: submittedBatchId, reason: '退回' }),
  'settlement.payBatch': ({ approvedBatchId, paidFen, today }) => ({
    batchId: approvedBatchId,
    paidFen,
    paidOn: today,
    reference: 'ZF-1',
  }),
  'settlement.getBatch': ({ submittedBatchId }) => ({ batchId: submittedBatchId }),
  'settlement.listBatches': ({ institutionId, cityCode }) => ({ institutionId, cityCode }),
  'settlement.listItems': ({ submittedBatchId }) => ({ batchId: submittedBatchId }),
  'settlement.getJob': ({ importJobId }) => ({ jobId: importJobId }),
  'settlement.listJobRefusals': ({ importJobId }) => ({ jobId: importJobId }),
};
