/**
 * Failures that the platform answers instead of the function, with the numbers that `wx.cloud.callFunction` reports
 * (named in wx-server-sdk's error table; -501000 and -504003 are as reported by users) and the HTTP status of the front.
 */
const PLATFORM_FAILURES = {
  function_not_found: { errCode: -501000, httpStatus: 404, tcbCode: 'FUNCTION_NOT_FOUND' },
  too_many_calls: { errCode: -501004, httpStatus: 503, tcbCode: 'EXCEED_CONCURRENT_REQUEST_LIMIT' },
  invalid_event: { errCode: -501007, httpStatus: 400, tcbCode: 'INVALID_PARAM' },
  event_too_large: { errCode: -501007, httpStatus: 413, tcbCode: 'INVALID_PARAM' },
  not_callable: { errCode: -501008, httpStatus: 403, tcbCode: 'INVALID_REQUEST_SOURCE' },
  execution_failed: { errCode: -504002, httpStatus: 502, tcbCode: 'FUNCTIONS_EXECUTE_FAIL' },
  timed_out: { errCode: -504003, httpStatus: 504, tcbCode: 'FUNCTION_TIME_LIMIT_EXCEEDED' },
} as const;

export type PlatformFailure = keyof typeof PLATFORM_FAILURES;

/** A call that the platform refused or that did not end in a result. Its message never holds the event or the result. */
export class PlatformError extends Error {
  /** The number that a mini-program sees as `errCode`. */
  readonly errCode: number;
  /** The status of the front's answer. */
  readonly httpStatus: number;

  constructor(
    readonly failure: PlatformFailure,
    message: string,
    readonly requestId?: string,
  ) {
    super(message);
    const { errCode, httpStatus } = PLATFORM_FAILURES[failure];
    this.errCode = errCode;
    this.httpStatus = httpStatus;
  }

  /** The code that `@cloudbase/node-sdk` throws, when one function calls another, for a number in the front's answer. */
  static tcbCodeOf(errCode: number): string {
    return (
      Object.values(PLATFORM_FAILURES).find(failure => failure.errCode === errCode)?.tcbCode ?? 'SYS_ERR'
    );
  }
}
