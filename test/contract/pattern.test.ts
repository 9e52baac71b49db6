import { PatternMaker, PatternMatcher, type Json } from './pattern';

const ANSWER = {
  ok: true,
  data: { id: '0mebzq0u1abcdef0123', code: '37012027000000000X', atMs: 1_803_866_400_000, amountFen: 50_000 },
};

const patternOf = (answer: typeof ANSWER) => new PatternMaker().patternOf(answer);

test('what differs by run becomes a placeholder, the rest stays itself', () => {
  expect(patternOf({ ...ANSWER, data: { ...ANSWER.data, code: '370120270000000000X' } })).toEqual({
    ok: true,
    data: { id: '<id 1>', code: '<code 1>', atMs: '<time of 2027-03-01>', amountFen: 50_000 },
  });
});

test('a new field is allowed, and told', () => {
  const answer = { ...ANSWER, data: { ...ANSWER.data, note: 'new' } };

  expect(new PatternMatcher().compare(patternOf(ANSWER), answer)).toEqual({
    wrong: [],
    added: ['.data.note'],
  });
});

test.each([
  [{ amountFen: '50000' }, '.data.amountFen is "50000", recorded is 50000'],
  [{ amountFen: undefined }, '.data.amountFen is missing, recorded is 50000'],
  [{ id: 'x y' }, '.data.id is "x y", recorded is "<id 1>"'],
  [{ atMs: 1_803_000_000_000 }, '.data.atMs is 1803000000000, recorded is "<time of 2027-03-01>"'],
])('%j instead of what was recorded is wrong', (changed, problem) => {
  const data = JSON.parse(JSON.stringify({ ...ANSWER.data, ...changed })) as Json;

  expect(new PatternMatcher().compare(patternOf(ANSWER), { ok: true, data }).wrong).toEqual([problem]);
});

test('one id in two places stays one id', () => {
  const matcher = new PatternMatcher();
  const pattern = { id: '<id 1>', classId: '<id 1>' };

  expect(matcher.compare(pattern, { id: 'aaaaaaaa', classId: 'aaaaaaaa' }).wrong).toEqual([]);
  expect(matcher.compare(pattern, { id: 'aaaaaaaa', classId: 'bbbbbbbb' }).wrong).toHaveLength(1);
});
