import type { CityCode } from '../../contract/areas';
import type { InstitutionView } from '../../contract/training';
import { caller } from '../../services/cloud';
import type { Answer } from '../../view/failure';

const listInstitutions = caller('training.listInstitutions');

/** Institutions are few: a city has some dozens. Beyond this many pages the search ends. */
const PAGES_MAX = 10;

type Listed = Answer<{ items: InstitutionView[]; hasMore: boolean }>;

/** Institutions from page to page until `isEnough` says so: there is no operation that gets a single one. */
async function readInstitutions(
  where: { cityCode?: CityCode },
  isEnough: (items: readonly InstitutionView[]) => boolean,
): Promise<Listed> {
  const items: InstitutionView[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await listInstitutions({ ...where, ...(cursor !== undefined && { cursor }) });
    if (!answer.ok) return answer;
    items.push(...answer.data.items);
    cursor = answer.data.nextCursor;
    if (cursor === undefined || isEnough(items)) break;
  }
  return { ok: true, data: { items, hasMore: cursor !== undefined } };
}

export async function findInstitution(institutionId: string): Promise<Answer<InstitutionView>> {
  const isIt = ({ id }: InstitutionView): boolean => id === institutionId;
  const listed = await readInstitutions({}, items => items.some(isIt));
  if (!listed.ok) return listed;
  const found = listed.data.items.find(isIt);
  return found ? { ok: true, data: found } : { ok: false, error: { code: 'institution_not_found' } };
}

/** Those that can be chosen for a template. */
export const listCityInstitutions = (cityCode: CityCode): Promise<Listed> =>
  readInstitutions({ cityCode }, () => false);
