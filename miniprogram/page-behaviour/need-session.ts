import { knowSession } from '../session/session';
import { showFailure } from './page-state';

/** For pages that show things by who looks at them. @returns whether that is known; where it is not, the page says why */
export async function needSession(page: Parameters<typeof showFailure>[0]): Promise<boolean> {
  const failure = await knowSession();
  if (failure) showFailure(page, failure);
  return failure === undefined;
}
