import * as v from 'valibot';
import {
  allOptional,
  ClassId,
  Day,
  FenFrom,
  FileId,
  Line,
  RosterOwner,
  VoucherId,
} from '../../cloudfunctions/shared/runtime/input';
import { sampleOf } from '../../local/drills/sample-of';

test('a sample has every field that must be there, in a form that passes', () => {
  const schema = v.strictObject({
    classId: ClassId,
    fileId: FileId,
    name: Line(20),
    startsOn: Day,
    amountFen: FenFrom(1),
    kind: v.picklist(['app', 'web']),
    issuing: v.boolean(),
    voucherIds: v.pipe(v.array(VoucherId), v.minLength(1)),
    institutionIds: v.array(VoucherId),
    note: v.exactOptional(Line(20)),
  });

  const sample = sampleOf(schema);

  expect(v.safeParse(schema, sample).success).toBe(true);
  expect(sample).toMatchObject({ amountFen: 1, kind: 'app', institutionIds: [] });
  expect(sample).not.toHaveProperty('note');
});

test('known fields are taken over, optional ones too', () => {
  const schema = v.strictObject({ classId: ClassId, ...allOptional({ cityCode: Line(4), name: Line(20) }) });

  expect(sampleOf(schema, { classId: 'c1', cityCode: '3701' })).toEqual({ classId: 'c1', cityCode: '3701' });
});

test('of several forms it is the first', () => {
  expect(sampleOf(RosterOwner, { classId: 'c1', templateId: 't1' })).toEqual({ classId: 'c1' });
});

test('a form that nothing tells needs an example', () => {
  const schema = v.strictObject({ plate: v.pipe(v.string(), v.regex(/^鲁[A-Z]\d{5}$/)) });

  expect(() => sampleOf(schema)).toThrow('no sample of plate: give its schema v.examples');
});
