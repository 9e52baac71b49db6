import type { ClassId, JobId, PersonKey, TemplateId } from '../../miniprogram/contract/ids';
import { VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import type { AudienceRule } from '../../miniprogram/contract/templates';
import {
  issuer,
  ownerIdOf,
  placeAfter,
  refuseIssued,
  refuseRecipient,
  rosterEntryIdOf,
  voucherIdOf,
  type Recipient,
  type TemplateOfIssue,
} from '../../cloudfunctions/shared/domain/issue';
import { branded } from '../support/branded';
import { anIdNumber } from '../support/people';
import { CLASS_OF_USE, CLERK, NOW_MS } from './a-voucher';

const template = branded<TemplateOfIssue>({
  id: 'template',
  projectId: 'pre_job',
  issueMode: 'targeted',
  functionMode: 'face_value',
  cityCode: '3701',
  amountFen: 50_000,
  claimWindowDays: 30,
  validDays: 90,
});
const RECIPIENT = branded<Recipient>({ personKey: 'person', holderNameCipher: 'cipher' });
const IDENTITY = { code: '370120261234567890', reference: 'abcdefgh01234567', number: 1 };
const JOB = branded<JobId>('job');
const CONTEXT = { by: CLERK, nowMs: NOW_MS, requestId: 'job', jobId: JOB };
const OF_CLASS = { classId: branded<ClassId>('class') };
const OF_TEMPLATE = { templateId: branded<TemplateId>('template') };
const PERSON = branded<PersonKey>('person');

describe('making a voucher', () => {
  it('binds a 定向券 to its class and names it after class and person', () => {
    const voucher = issuer(template, { ...CONTEXT, trainingClass: CLASS_OF_USE })(RECIPIENT, IDENTITY);

    expect(voucher).toMatchObject({ id: 'class-person', status: 'issued', version: 1, ...CLASS_OF_USE });
    expect(voucher.history).toEqual([
      {
        command: 'issue',
        from: 'none',
        to: 'issued',
        atMs: NOW_MS,
        by: CLERK,
        requestId: 'job',
        classId: 'class',
      },
    ]);
  });

  it('leaves a 通用券 without a class', () => {
    const voucher = issuer({ ...template, issueMode: 'general' }, CONTEXT)(RECIPIENT, IDENTITY);

    expect(voucher.id).toBe('template-person-1');
    expect(voucher.classId).toBeUndefined();
    expect(voucher.institutionId).toBeUndefined();
  });

  it('gives the same person the same id twice, so that a second issue collides', () => {
    const another = branded<PersonKey>('another');

    expect(voucherIdOf(OF_CLASS, PERSON, 1)).toBe('class-person');
    expect(voucherIdOf(OF_TEMPLATE, PERSON, 1)).toBe('template-person-1');
    expect(voucherIdOf(OF_CLASS, another, 1)).not.toBe(voucherIdOf(OF_CLASS, PERSON, 1));
  });

  it('numbers what follows a voided one, so that it collides as well', () => {
    expect(voucherIdOf(OF_CLASS, PERSON, 2)).toBe('class-person-2');
    expect(voucherIdOf(OF_TEMPLATE, PERSON, 2)).toBe('template-person-2');
  });

  it.each(VOUCHER_STATUSES)('makes room for another after one that is %s, if it was voided', status => {
    const held = { status, jobId: branded<JobId>('earlier') };

    expect(placeAfter(held, 1, JOB)).toEqual(
      status === 'voided' ? { number: 2 } : { number: 1, madeBy: 'earlier' },
    );
    // The same job again, after a kill: it has served this person.
    expect(placeAfter({ ...held, jobId: JOB }, 1, JOB)).toEqual({ number: 1, madeBy: JOB });
  });

  it('counts whole days from the day of issue, so that it ends at a midnight', () => {
    const { claimUntilMs, expiresAtMs } = issuer(template, CONTEXT)(RECIPIENT, IDENTITY);

    expect(claimUntilMs).toBe(Date.parse('2026-12-24T00:00:00+08:00'));
    expect(expiresAtMs).toBe(Date.parse('2027-02-22T00:00:00+08:00'));
  });
});

describe('a place on a roster', () => {
  it('is one for each person of a class or template', () => {
    expect([ownerIdOf(OF_CLASS), ownerIdOf(OF_TEMPLATE)]).toEqual(['class', 'template']);
    expect(rosterEntryIdOf(OF_CLASS, PERSON)).toBe('class-person');
    expect(rosterEntryIdOf(OF_TEMPLATE, PERSON)).toBe('template-person');
  });
});

describe('somebody on the roster', () => {
  const CONTRACT: AudienceRule = { kind: 'labour_contract' };
  const PENSION: AudienceRule = { kind: 'enterprise_pension' };
  const AGE: AudienceRule = { kind: 'age_between', minYears: 16, maxYears: 36 };
  const readIdNumber = jest.fn(() => anIdNumber(0));
  const refuse = (
    audience: AudienceRule[],
    { labourContract = true, enterprisePension = true, day = '2026-11-24' } = {},
  ) =>
    refuseRecipient(
      { audience },
      { eligibility: { labourContract, enterprisePension } },
      { day, readIdNumber },
    );

  beforeEach(() => readIdNumber.mockClear());

  it('may hold a voucher when every rule holds', () => {
    expect(refuse([CONTRACT, PENSION, AGE])).toBeUndefined();
    expect(refuse([], { labourContract: false, enterprisePension: false })).toBeUndefined();
  });

  it('may not without the contract or the pension that a rule asks for', () => {
    expect(refuse([CONTRACT, PENSION], { labourContract: false })).toBe('no_labour_contract');
    expect(refuse([CONTRACT, PENSION], { enterprisePension: false })).toBe('no_pension_insurance');
  });

  it('is as old as on the day on which the issue was ordered', () => {
    expect(refuse([AGE], { day: '2026-12-31' })).toBeUndefined();
    expect(refuse([AGE], { day: '2027-01-01' })).toBe('age_out_of_range');
  });

  it('keeps the ID number to themselves where no rule needs the age', () => {
    refuse([CONTRACT, PENSION]);
    expect(readIdNumber).not.toHaveBeenCalled();
    refuse([AGE]);
    expect(readIdNumber).toHaveBeenCalledTimes(1);
  });
});

describe('what came of a recipient', () => {
  it('is told by the job that has made the voucher', () => {
    expect(refuseIssued(JOB, JOB)).toBeUndefined();
    expect(refuseIssued(branded<JobId>('earlier'), JOB)).toBe('already_holds_voucher');
    expect(refuseIssued(undefined, JOB)).toBe('template_quota_exceeded');
  });
});
