import type { TemplateId } from '../../../miniprogram/contract/ids';
import { CHUNK_MAX } from '../store/document-collection';
import { beginReturn, endReturn, templates } from '../store/templates';
import { clearQuotaDue, vouchers } from '../store/vouchers';

/** Templates whose due vouchers are looked at in one run of the timer. */
const TEMPLATES_A_RUN = 100;

/**
 * Gives quota and budget back for the vouchers of a template that ended unused. Each says so itself until it is done, from
 * the write that ended it; so a kill loses nothing, and what is due is counted once however many work on it.
 */
export async function returnQuota(templateId: TemplateId, deadlineMs = Infinity): Promise<void> {
  let template = await templates.find(templateId);
  while (template && Date.now() < deadlineMs) {
    // An earlier return comes first: its vouchers are counted already, but still say that they are due.
    if (template.returning) await clearQuotaDue(template.returning);
    const due = await vouchers.readIds({ where: { quotaDue: true, templateId }, limit: CHUNK_MAX });
    if (due.length === 0) {
      if (template.returning) await endReturn(template);
      return;
    }
    template = (await beginReturn(template, due)) ?? (await templates.find(templateId));
  }
}

/** The same for all templates. @returns how many of them had something to give back. */
export async function returnDueQuota(deadlineMs: number): Promise<number> {
  const seen = new Set<TemplateId>();
  while (seen.size < TEMPLATES_A_RUN && Date.now() < deadlineMs) {
    const next = await vouchers.findWhere({ quotaDue: true });
    // A second time the same: its time was over before all was given back.
    if (!next || seen.has(next.templateId)) break;
    seen.add(next.templateId);
    await returnQuota(next.templateId, deadlineMs);
  }
  return seen.size;
}
