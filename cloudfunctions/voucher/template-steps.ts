import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { TemplateView } from '../../miniprogram/contract/templates';
import { roleAt } from '../shared/domain/scope';
import { TEMPLATE_LIFE, type Template } from '../shared/domain/template';
import { checkModesEntered } from '../shared/people/entry-gate';
import { TemplateId } from '../shared/runtime/input';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { templates } from '../shared/store/templates';
import { toTemplateView } from '../shared/views/template-view';

/** A command that leads a template from one state to the next. */
const stepOf = (
  command: 'publish' | 'close',
  check: (template: Template) => Promise<Result<undefined>> = async () => ok(undefined),
) => ({
  input: v.strictObject({ templateId: TemplateId }),
  load: ({ templateId }: { templateId: Template['id'] }) => templates.find(templateId),
  run: async (
    call: WritingCall<{ templateId: Template['id'] }>,
    document: Template | undefined,
  ): Promise<Result<TemplateView>> => {
    const by = document && roleAt(call.actor, document);
    if (!document || !by) return fail('template_not_found');
    const changed = await takeStep(templates, TEMPLATE_LIFE, {
      command,
      found: { document, by },
      call,
      guard: async template => {
        const allowed = await check(template);
        return allowed.ok ? ok({}) : allowed;
      },
    });
    return changed.ok ? ok(toTemplateView(changed.data)) : changed;
  },
});

export const publishTemplate = operation('voucher.publishTemplate', stepOf('publish', checkModesEntered));

export const closeTemplate = operation('voucher.closeTemplate', stepOf('close'));
