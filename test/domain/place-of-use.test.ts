import type { Plain } from '../../miniprogram/contract/brand';
import type { ClassId, InstitutionId } from '../../miniprogram/contract/ids';
import { placeOfUse } from '../../cloudfunctions/shared/domain/place-of-use';
import type { TrainingClass } from '../../cloudfunctions/shared/domain/training-class';
import type { Voucher } from '../../cloudfunctions/shared/domain/voucher';
import { branded } from '../support/branded';
import { refused } from '../support/refused';
import { aClass } from './a-class';
import { aVoucher, CLASS_OF_USE } from './a-voucher';
import { administratorOf, anActor } from './an-actor';

const OWN = anActor([administratorOf('institution')]);
const OTHER = anActor([administratorOf('another')]);
const BY = { role: 'administrator', personKey: 'administrator', cityCode: '3701' };

const place = (
  voucher: Voucher,
  {
    actor = OWN,
    classId,
    found = aClass(),
  }: { actor?: typeof OWN; classId?: string; found?: TrainingClass } = {},
) =>
  placeOfUse(
    { voucher, trainingClass: found },
    { actor, classId: classId === undefined ? undefined : branded<ClassId>(classId) },
  );

describe('a 定向券 is used', () => {
  const voucher = aVoucher({ status: 'claimed' });

  it('at its own institution, in its own class, which it brings itself', () => {
    const by = { ...BY, institutionId: 'institution' };

    const data = { by, takenAt: aClass() };

    expect(place(voucher)).toEqual({ ok: true, data });
    expect(place(voucher, { classId: 'class' })).toEqual({ ok: true, data });
  });

  it('nowhere else', () => {
    expect(place(voucher, { actor: OTHER })).toEqual(refused('voucher_not_for_this_institution'));
    expect(place(voucher, { actor: anActor([]) })).toEqual(refused('voucher_not_for_this_institution'));
    expect(place(voucher, { classId: 'another' })).toEqual(refused('voucher_not_for_this_class'));
  });

  it('by whoever is administrator there too', () => {
    const actor = anActor([administratorOf('another'), administratorOf('institution')]);

    expect(place(voucher, { actor })).toMatchObject({
      ok: true,
      data: { by: { institutionId: 'institution' } },
    });
  });
});

describe('at an institution that is suspended', () => {
  const institutionId = branded<InstitutionId>('institution');
  const suspended = [{ institutionId, name: '泉城学校', sinceMs: 5, reason: '整改' }];
  const actor = { ...OTHER, suspended };
  const told = {
    ok: false,
    error: {
      code: 'institution_suspended',
      data: { institutionName: '泉城学校', sinceMs: 5, reason: '整改' },
    },
  };

  it('its administrator is told so, of 定向券 and 通用券 alike, and nobody else is', () => {
    const targeted = aVoucher({ status: 'claimed' });
    const general = aVoucher({ status: 'claimed', issueMode: 'general' });

    expect(place(targeted, { actor })).toEqual(told);
    expect(place(general, { actor, classId: 'class' })).toEqual(told);
    expect(place(targeted, { actor: OTHER })).toEqual(refused('voucher_not_for_this_institution'));
  });
});

describe('a 通用券 is used', () => {
  const voucher = aVoucher({ status: 'claimed', issueMode: 'general' });
  const inClass = (given: Partial<Plain<TrainingClass>> = {}, actor = OWN) =>
    place(voucher, { actor, classId: 'class', found: aClass(given) });

  it('in a class that the scan names, to which it is bound from then on', () => {
    expect(inClass()).toEqual({
      ok: true,
      data: { by: { ...BY, institutionId: 'institution' }, takenAt: aClass(), trainingClass: CLASS_OF_USE },
    });
  });

  it('in no class that is not named or not there', () => {
    expect(place(voucher)).toEqual(refused('class_required'));
    const classId = branded<ClassId>('class');
    expect(placeOfUse({ voucher }, { actor: OWN, classId })).toEqual(refused('class_not_found'));
  });

  it('in no class of another institution, nor of another template', () => {
    expect(inClass({}, OTHER)).toEqual(refused('class_not_found'));
    expect(inClass({ templateId: 'another' })).toEqual(refused('voucher_not_for_this_class'));
  });

  it('as a 定向券 once it is bound: only there', () => {
    const used = aVoucher({ status: 'used', issueMode: 'general' });

    expect(place(used, { classId: 'class' }).ok).toBe(true);
    expect(place(used, { actor: OTHER, classId: 'class', found: aClass() })).toEqual(
      refused('voucher_not_for_this_institution'),
    );
    expect(place(used, { classId: 'another', found: aClass({ id: 'another' }) })).toEqual(
      refused('voucher_not_for_this_class'),
    );
  });
});
