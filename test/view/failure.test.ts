import { ERROR_CODES, isRetryable, type ErrorCode } from '../../miniprogram/contract/error-codes';
import {
  failureText,
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
