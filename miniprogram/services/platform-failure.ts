import type { Failure, LocalFailureCode } from '../view/failure';

/** The part of WeChat's errors that is documented. */
interface PlatformError {
  errCode?: number;
  errMsg?: string;
}

/** Numbers of wx.cloud.callFunction. The function may have done its work in all cases of answer_lost. */
const CODES: ReadonlyMap<number, LocalFailureCode> = new Map([
  [-504003, 'answer_lost'], // the function ran out of time
  [-504002, 'answer_lost'], // the function threw
  [-501000, 'service_missing'],
  [-501005, 'service_missing'],
  [-501004, 'service_missing'],
  [-404011, 'answer_lost'],
]);

const isPlatformError = (error: unknown): error is PlatformError =>
  typeof error === 'object' && error !== null && ('errCode' in error || 'errMsg' in error);

/** A network that broke off after sending says much the same as one that never was: only `offline` is certain. */
export async function toLocalFailure(error: unknown): Promise<Failure> {
  const { errCode, errMsg = '' } = isPlatformError(error) ? error : {};
  const known = errCode === undefined ? undefined : CODES.get(errCode);
  if (known) return { code: known };
  if (await isOffline()) return { code: 'offline' };
  return { code: /timeout|interrupted|abort/i.test(errMsg) ? 'answer_lost' : 'service_unreachable' };
}

async function isOffline(): Promise<boolean> {
  try {
    const { networkType } = await wx.getNetworkType();
    return networkType === 'none';
  } catch {
    return false;
  }
}
