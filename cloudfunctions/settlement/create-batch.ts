import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { placeOf, roleAt } from '../shared/domain/scope';
import { InstitutionId, Line, Project } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { beginBatch } from '../shared/settlement/begin-batch';
import { institutions } from '../shared/store/institutions';
import { viewBatch } from './batch-view';

export const createBatch = operation('settlement.createBatch', {
  input: v.strictObject({
    institutionId: InstitutionId,
    projectId: Project,
    title: Line(LIMITS.nameCharsMax),
  }),
  load: ({ institutionId }) => institutions.find(institutionId),
  run: async ({ input, actor, nowMs, request }, institution) => {
    const by = institution && roleAt(actor, { ...placeOf(institution), institutionId: institution.id });
    if (!institution || !by) return fail('institution_not_found');
    const begun = await beginBatch(institution, input, { by, nowMs, request });
    return begun.ok ? ok(await viewBatch(begun.data)) : begun;
  },
});
