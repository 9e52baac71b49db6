import type { TemplateView } from '../contract/templates';
import { caller } from '../services/cloud';
import { loadAll } from '../services/load-all';
import type { Answer } from '../view/failure';

const listTemplates = caller('voucher.listTemplates');

/** The template of a class, from the list that institutions may see; undefined when it is not in it. */
export async function findTemplate(templateId: string): Promise<Answer<TemplateView | undefined>> {
  const answer = await loadAll(page => listTemplates({ ...page }));
  return answer.ok ? { ok: true, data: answer.data.find(({ id }) => id === templateId) } : answer;
}
