import type { RosterOwner } from '../../contract/operations';
import type { RosterEntryView } from '../../contract/training';
import { caller } from '../../services/cloud';
import type { Answer } from '../../view/failure';
import { countRoster, type RosterCount } from '../view/issue';

const listRoster = caller('training.listRoster');

/** Pages read to count the people of a roster; a longer one is counted by the issue job itself. */
const PAGES_MAX = 10;

export async function readRosterCount(owner: RosterOwner): Promise<Answer<RosterCount>> {
  const entries: RosterEntryView[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await listRoster({ ...owner, ...(cursor !== undefined && { cursor }) });
    if (!answer.ok) return answer;
    entries.push(...answer.data.items);
    cursor = answer.data.nextCursor;
    if (cursor === undefined) break;
  }
  return { ok: true, data: countRoster(entries, cursor !== undefined) };
}
