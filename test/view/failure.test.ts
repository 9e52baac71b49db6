import { ERROR_CODES, isRetryable, type ErrorCode } from '../../miniprogram/contract/error-codes';
import {
  failureText,
  isDecided,
  isRetriedAtOnce,
  LOCAL_FAILURE_TEXTS,
  toFailureView,
  type LocalFailureCode,
} from '../../miniprogram/view/failure';

const codes = Object.keys(ERROR_CODES) as ErrorCode[];
const localCodes = Object.keys(LOCAL_FAILURE_TEXTS) as LocalFailureCode[];

test('every failure has a sentence of its own', () => {
  for (const code of [...codes, ...localCodes]) expect(failureText({ code })).toMatch(/。$/);
});

test('what may succeed later offers to try again, and nothing final does', () => {
  for (const code of codes) {
    const { action } = toFailureView({ code });
    expect(action === 'again').toBe(isRetryable(code));
  }
});

test('only the server decides: whatever a phone sees by itself, the request may have been carried out', () => {
  expect(localCodes.filter(code => isDecided({ code }))).toEqual([]);
  const undecided = codes.filter(code => !isDecided({ code }));
  expect(undecided.filter(code => !isRetryable(code))).toEqual(['identity_missing', 'sign_in_required']);
  expect(undecided).toEqual(expect.arrayContaining(codes.filter(isRetryable)));
});

test('a code that is newer than this phone is decided: the same words sent again are a new request', () => {
  const code = 'some_later_rule' as ErrorCode;

  expect([isDecided({ code }), isRetriedAtOnce({ code })]).toEqual([true, false]);
});

test('only what passes within seconds is tried again without being asked', () => {
  const retried = [...codes, ...localCodes].filter(code => isRetriedAtOnce({ code }));

  expect(retried).toEqual([
    'service_busy',
    'write_conflict',
    'internal',
    'answer_lost',
    'service_unreachable',
  ]);
});

test('a lost sign-in offers to sign in', () => {
  expect(toFailureView({ code: 'sign_in_required' })).toMatchObject({
    title: '请先登录',
    action: 'sign_in',
    actionText: '用电子社保卡登录',
  });
});

test('a lost answer says that nothing is done twice', () => {
  expect(toFailureView({ code: 'answer_lost' }).text).toContain('不会重复办理');
});
