/** A good input of every interface, as a client sends it. What it names need not exist. */
import type { OpenInterface } from '../../../miniprogram/contract/open-interfaces';
import { aUscc } from '../../support/callers';
import { anIdNumber } from '../../support/people';

const idNumber = anIdNumber(1);
const voucherCodes = ['370120260000000001X'];
const qrText = 'SDV1.aaaaaaaaaaaaaaaa.aaaaaa.aaaaaaaa.0000000000000000';

export const SAMPLES: Partial<Record<OpenInterface, Readonly<Record<string, unknown>>>> = {
  scanVoucher: { qrText, administratorIdNumber: idNumber },
  getVoucherStatus: { voucherCodes },
  voidClaimedVouchers: { officerIdNumber: idNumber, reason: '报名信息有误', voucherCodes },
  listUserVouchers: { idNumber },
  settleVouchers: {
    administratorIdNumber: idNumber,
    projectId: 'pre_job',
    title: '十一月结算',
    voucherCodes,
  },
  listTemplates: {},
  getTraineeByQr: { qrText },
  addInstitutions: { officerIdNumber: idNumber, rows: [{ name: '职业培训学校', uscc: aUscc(1) }] },
  addTrainees: { classId: 'class', rows: [{ name: '张三', idNumber, contract: true, pension: true }] },
  recordAttendance: { lessonId: 'lesson', mark: 'in', at: '08:55', idNumber },
  addCertificate: {
    administratorIdNumber: idNumber,
    classId: 'class',
    holderName: '张三',
    idNumber,
    number: 'S000037010001',
    name: '职业技能等级证书',
    occupation: '焊工',
    level: 'level_5',
    issuer: '济南市技能鉴定中心',
    issuedOn: '2026-11-24',
  },
  createLesson: {
    administratorIdNumber: idNumber,
    classId: 'class',
    day: '2026-11-24',
    startsAt: '09:00',
    endsAt: '12:00',
    hours: 4,
  },
  pushVouchers: { classId: 'class' },
  getPush: { pushId: 'push' },
};
