import { LIMITS } from '../../contract/limits';
import type { ProjectId } from '../../contract/projects';
import type { ClassView } from '../../contract/training';
import type { VoucherView } from '../../contract/vouchers';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import { groupCode } from '../../view/voucher';

export interface PickRowView {
  id: string;
  name: string;
  code: string;
  usedAt: string;
  picked: boolean;
}

export const toPickRow = (voucher: VoucherView, picked: ReadonlySet<string>): PickRowView => ({
  id: voucher.id,
  name: voucher.holderName,
  code: groupCode(voucher.code),
  usedAt: voucher.usedAtMs === undefined ? '' : `核验于${formatShanghaiMinute(voucher.usedAtMs)}`,
  picked: picked.has(voucher.id),
});

/** Classes whose vouchers may be in a batch of this project: those that have begun. */
export const classChoices = (
  classes: readonly ClassView[],
  projectId: ProjectId,
): { id: string; text: string }[] =>
  classes
    .filter(({ status }) => status === 'running' || status === 'finished')
    .filter(trainingClass => trainingClass.projectId === projectId)
    .map(({ id, name }) => ({ id, text: name }));

/** All that are listed are picked. */
export const areAllPicked = (ids: readonly string[], picked: ReadonlySet<string>): boolean =>
  ids.length > 0 && ids.every(id => picked.has(id));

/** All that are listed, as many as may be picked; or none of them when they already are. */
export function toggleAll(ids: readonly string[], picked: ReadonlySet<string>): Set<string> {
  if (areAllPicked(ids, picked)) return new Set([...picked].filter(id => !ids.includes(id)));
  return new Set([...new Set([...picked, ...ids])].slice(0, LIMITS.pickedVouchersMax));
}

/** @returns undefined when one more would be too many. */
export function toggleOne(id: string, picked: ReadonlySet<string>): Set<string> | undefined {
  const toggled = new Set(picked);
  if (toggled.delete(id)) return toggled;
  return picked.size < LIMITS.pickedVouchersMax ? toggled.add(id) : undefined;
}
