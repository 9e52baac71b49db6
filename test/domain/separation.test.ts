import type { Plain } from '../../miniprogram/contract/brand';
import type { PersonKey } from '../../miniprogram/contract/ids';
import {
  checkNotOwn,
  checkOtherPerson,
  type Administration,
  type BatchDecision,
  type BatchParts,
  type WithSteps,
} from '../../cloudfunctions/shared/domain/separation';
import { branded } from '../support/branded';
import { refused } from '../support/refused';

const key = (text: string) => branded<PersonKey>(text);

describe('an institution of one’s own', () => {
  const MADE_AT_MS = 1_000;
  const record = branded<WithSteps>({
    history: [
      { atMs: MADE_AT_MS, by: { role: 'administrator', personKey: 'maker' } },
      { atMs: 2_000, by: { role: 'clerk', personKey: 'clerk' } },
    ],
  });
  const given = (...steps: ['grant' | 'revoke', number][]): Administration => ({
    active: steps.at(-1)?.[0] === 'grant',
    history: steps.map(([command, atMs]) => ({ command, atMs })),
  });
  const check = (administration: Administration | undefined, person = 'officer') =>
    checkNotOwn(record, key(person), administration);

  it.each([
    ['still is, since before', given(['grant', 1])],
    ['has become one since', given(['grant', 1_500])],
    ['was one when it was made, and is none any more', given(['grant', 1], ['revoke', 1_001])],
    ['ceased to be one at that very moment', given(['grant', 1], ['revoke', MADE_AT_MS])],
    ['was one for a while after it was made', given(['grant', 1_200], ['revoke', 1_300])],
    ['was one again', given(['grant', 1], ['revoke', 2], ['grant', 1_200], ['revoke', 1_300])],
    ['was one, nobody knows until when', { active: false, history: [] }],
  ])('is that of whom who %s', (_who, administration) => {
    expect(check(administration)).toEqual(refused('institution_is_own'));
  });

  it.each([
    ['never was an administrator', undefined],
    ['ceased to be one before it was made', given(['grant', 1], ['revoke', 999])],
  ])('is not that of whom who %s', (_who, administration) => {
    expect(check(administration).ok).toBe(true);
  });

  it('is that of whoever has taken a step for it, whatever the grants say', () => {
    expect(check(undefined, 'maker')).toEqual(refused('institution_is_own'));
    expect(check(undefined, 'clerk').ok).toBe(true);
  });
});

describe('a batch', () => {
  const batch = branded<BatchParts>({
    history: [
      { command: 'create', by: { role: 'administrator', personKey: 'maker' } },
      { command: 'submit', by: { role: 'administrator', personKey: 'submitter' } },
      { command: 'review', by: { role: 'reviewer', personKey: 'first' } },
      { command: 'approve', by: { role: 'reviewer', personKey: 'second' } },
    ],
    fills: [{ by: { role: 'administrator', personKey: 'filler' } }],
    removals: [
      { by: { role: 'administrator', personKey: 'remover' } },
      { by: { role: 'reviewer', personKey: 'striker' } },
    ],
  } satisfies Plain<BatchParts>);

  const PREPARED = ['maker', 'submitter', 'filler', 'remover'];
  const PEOPLE = [...PREPARED, 'first', 'second', 'striker', 'nobody'];
  const kept = (decision: BatchDecision) =>
    PEOPLE.filter(person => !checkOtherPerson(batch, decision, key(person)).ok);

  it.each<[BatchDecision, string[]]>([
    ['strike', PREPARED],
    ['review', PREPARED],
    ['return', PREPARED],
    ['approve', [...PREPARED, 'first']],
    ['pay', [...PREPARED, 'first', 'second', 'striker']],
    ['recall', [...PREPARED, 'first', 'second', 'striker']],
  ])('keeps from %s: %j', (decision, people) => {
    expect(kept(decision)).toEqual(people);
  });

  it('says which part it was, and what needs somebody else', () => {
    expect(checkOtherPerson(batch, 'pay', key('first'))).toEqual({
      ok: false,
      error: { code: 'batch_same_person', data: { did: 'review', needs: 'pay' } },
    });
  });

  it('of an older version names nobody who filled it', () => {
    const { fills: _fills, ...older } = batch;

    expect(checkOtherPerson(older, 'review', key('filler')).ok).toBe(true);
  });
});
