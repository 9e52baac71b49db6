import { isRetryable, retryOf, type ErrorCode, type Retry } from '../contract/error-codes';
import { hasKey } from '../contract/has-key';
import { IMPORT_MEGABYTES_MAX } from '../contract/imports';
import type { Refusal, RefusalData } from '../contract/result';
import { HOTLINE } from '../text/hotline';
import { refusalText } from '../text/refusal-text';

/** What goes wrong before any function answers, and whether the same is worth another try. The server knows none of these. */
const LOCAL_CODES = {
  offline: 'later',
  answer_lost: 'at_once',
  service_missing: 'final',
  service_unreachable: 'at_once',
  essc_not_opened: 'final',
  essc_not_authorised: 'final',
  privacy_refused: 'final',
  file_not_chosen: 'final',
  file_not_sent: 'later',
  file_too_big_here: 'final',
} as const satisfies Record<string, Retry>;

export type LocalFailureCode = keyof typeof LOCAL_CODES;

export type FailureCode = ErrorCode | LocalFailureCode;

export interface Failure {
  code: FailureCode;
  data?: RefusalData;
}

/** `contract/result.ts` with the failures of the phone's own side added. */
export type Answer<T> = { ok: true; data: T } | { ok: false; error: Failure };

export const LOCAL_FAILURE_TEXTS: Record<LocalFailureCode, string> = {
  offline: '手机没有连上网络。请检查网络后，点“再试一次”。',
  answer_lost: '没有收到办理结果，可能已经办成。请点“再试一次”核对，不会重复办理。',
  service_missing: `服务还没有开通，或小程序版本太旧。请关闭小程序重新打开；仍不行，请拨打 ${HOTLINE}。`,
  service_unreachable: '暂时连不上服务。请稍等片刻，点“再试一次”。',
  essc_not_opened: '没有打开电子社保卡。请再点一次登录，并在提示中选择“允许”。',
  essc_not_authorised: '没有完成电子社保卡授权。请重新登录，并在电子社保卡中点“同意授权”。',
  privacy_refused: '没有同意用户隐私保护指引，不能选择文件。需要时请再点一次，并点“同意”。',
  file_not_chosen: '没有打开文件列表。请再点一次；仍不行，请更新微信后再试。',
  file_not_sent: '文件没有传上去。请检查网络后再传一次。',
  file_too_big_here: `文件太大，超过了${IMPORT_MEGABYTES_MAX}兆。请拆成几个文件，分别上传。`,
};

const isLocal = (code: FailureCode): code is LocalFailureCode => hasKey(LOCAL_CODES, code);

const retryOfFailure = (code: FailureCode): Retry => (isLocal(code) ? LOCAL_CODES[code] : retryOf(code));

/** Worth another try at once: the cause passes within seconds and, with the same request id, nothing is done twice. */
export const isRetriedAtOnce = ({ code }: Failure): boolean => retryOfFailure(code) === 'at_once';

/** The server has decided, and will not decide otherwise. What a phone sees by itself decides nothing. */
export const isDecided = ({ code }: Failure): boolean => !isLocal(code) && !isRetryable(code);

/** The sentence of any failure: what happened, then what to do. */
export function failureText({ code, data }: Failure): string {
  if (isLocal(code)) return LOCAL_FAILURE_TEXTS[code];
  const refusal: Refusal = data === undefined ? { code } : { code, data };
  return refusalText(refusal);
}

/** What a failure offers: sign in again, send the same once more, or nothing but reading. */
export type FailureAction = 'sign_in' | 'again' | 'none';

export interface FailureView {
  title: string;
  text: string;
  action: FailureAction;
  actionText: string;
}

const SIGN_IN_CODES: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'sign_in_required',
  'sign_in_failed',
  'consent_required',
  'essc_not_opened',
  'essc_not_authorised',
]);

const actionOf = (code: FailureCode): FailureAction =>
  SIGN_IN_CODES.has(code) ? 'sign_in' : retryOfFailure(code) === 'final' ? 'none' : 'again';

/** The words on the button that offers it. */
export const ACTION_TEXTS: Record<FailureAction, string> = {
  sign_in: '用电子社保卡登录',
  again: '再试一次',
  none: '',
};

const TITLES: Partial<Record<FailureCode, string>> = {
  sign_in_required: '请先登录',
  role_not_allowed: '没有办理权限',
  offline: '网络不通',
  answer_lost: '没有收到结果',
};

export function toFailureView(failure: Failure): FailureView {
  const action = actionOf(failure.code);
  return {
    title: TITLES[failure.code] ?? (action === 'again' ? '暂时办不了' : '办不了'),
    text: failureText(failure),
    action,
    actionText: ACTION_TEXTS[action],
  };
}
