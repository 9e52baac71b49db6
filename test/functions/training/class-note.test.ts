import { isClassNotable, type ClassStatus } from '../../../miniprogram/contract/training';
import { LIMITS } from '../../../miniprogram/contract/limits';
import { CLASS_LIFE } from '../../../cloudfunctions/shared/domain/training-class';
import { createCast, type Cast } from '../../support/callers';
import { aDraftClass, importPeople } from '../../support/classes';
import { refused } from '../../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let cast: Cast;
let other: Cast;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 1 });
  other = await createCast(cloud, { cityCode: '3702', workers: 0 });
});
afterAll(() => cloud.stop());

const NOTE = '晚上上课，审核时请打教务电话。';

const note = (classId: string, text: string, caller: Caller = cast.administrator) =>
  cloud.ask('training.noteClass', { classId, note: text }, caller);
const noteOf = async (classId: string, caller: Caller = cast.clerk) =>
  (await cloud.must('training.getClass', { classId }, caller)).note;

describe('training.noteClass', () => {
  it('shows the reviewing clerk what the institution has written, until it is taken away', async () => {
    const { classId } = await aDraftClass(cloud, cast);

    expect(await note(classId, ` ${NOTE} `)).toMatchObject({ ok: true, data: { id: classId, note: NOTE } });
    expect(await noteOf(classId)).toBe(NOTE);

    expect(await note(classId, '')).toMatchObject({ ok: true });
    expect(await noteOf(classId)).toBeUndefined();
  });

  it('may be changed while the class is reviewed, but not once it has passed', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 1 });
    await cloud.must('training.submitClass', { classId }, cast.administrator);

    expect(await note(classId, NOTE)).toMatchObject({ ok: true, data: { status: 'submitted', note: NOTE } });
    await cloud.must('training.returnClass', { classId, reason: '地址不全' }, cast.clerk);
    expect(await note(classId, `${NOTE}已改地址。`)).toMatchObject({
      ok: true,
      data: { status: 'returned', returnReason: '地址不全' },
    });
    await cloud.must('training.submitClass', { classId }, cast.administrator);
    await cloud.must('training.approveClass', { classId }, cast.clerk);

    expect(await note(classId, '太晚了')).toEqual(refused('class_not_editable'));
    expect(await noteOf(classId)).toBe(`${NOTE}已改地址。`);
  });

  it.each([
    ['breaks of lines become blanks', '晚上上课。\r\n请打\n电话。\t谢谢', '晚上上课。 请打 电话。 谢谢'],
    ['invisible and bidirectional characters go', '\u202e晚\u200b上\u2066上课\u2069\u00ad', '晚上上课'],
    ['nothing visible is no note', '\u200b\n\u202e', undefined],
  ])('%s', async (_, typed, kept) => {
    const { classId } = await aDraftClass(cloud, cast);

    expect(await note(classId, typed)).toMatchObject({ ok: true });
    expect(await noteOf(classId)).toBe(kept);
  });

  it('is one line of a bounded length', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const longest = '长'.repeat(LIMITS.remarkCharsMax);

    expect(await note(classId, longest)).toMatchObject({ ok: true, data: { note: longest } });
    expect(await note(classId, `${longest}了`)).toEqual(refused('invalid_input'));
  });

  it('belongs to the institution of the class', async () => {
    const { classId } = await aDraftClass(cloud, cast);

    expect(await note(classId, NOTE, other.administrator)).toEqual(refused('class_not_found'));
    expect(await note(classId, NOTE, cast.clerk)).toEqual(refused('role_not_allowed'));
    expect(await note('nothing', NOTE)).toEqual(refused('class_not_found'));
  });
});

test('phones offer the note in exactly the states in which it may change', () => {
  const states: ClassStatus[] = ['draft', 'submitted', 'approved', 'returned', 'running', 'finished'];

  expect(states.filter(isClassNotable)).toEqual(states.filter(status => CLASS_LIFE.allows('note', status)));
});
