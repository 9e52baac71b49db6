import { SEAL_BLOCK_NAMES, type SealBlock } from '../../contract/entry';
import { hasKey } from '../../contract/has-key';
import { LIMITS } from '../../contract/limits';
import { toOneLine } from '../../contract/plain-text';
import { SEAL_LINES } from '../../text/entry-form-text';
import { formatDay } from '../../view/days';
import type { Fact } from '../../view/voucher';
import { readLine } from './identifiers';

export interface SealForm {
  contactName: string;
  contactPhone: string;
  sealedOn: string;
  fileName: string;
}

export const isSealBlock = (value: string): value is SealBlock => hasKey(SEAL_BLOCK_NAMES, value);

type SealRead =
  | { ok: true; seal: Omit<SealForm, 'fileName'> }
  | { ok: false; errors: Partial<Record<keyof SealForm, string>> };

/** Whether a phone number can be one is judged where all kinds of them are known. */
export function readSealForm(form: SealForm): SealRead {
  const name = readLine(form.contactName, SEAL_LINES.contactName, LIMITS.personNameCharsMax);
  const errors = {
    ...(!name.ok && { contactName: name.error }),
    ...(toOneLine(form.contactPhone) === '' && { contactPhone: '请填写联系电话' }),
    ...(form.sealedOn === '' && { sealedOn: '请选择盖章日期' }),
    ...(form.fileName === '' && { fileName: '请选择盖好章的申请表扫描件' }),
  };
  if (!name.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  const { sealedOn } = form;
  return {
    ok: true,
    seal: { contactName: name.value, contactPhone: toOneLine(form.contactPhone), sealedOn },
  };
}

export const sealFacts = ({ contactName, contactPhone, sealedOn, fileName }: SealForm): Fact[] => [
  { label: SEAL_LINES.contactName, value: contactName },
  { label: SEAL_LINES.contactPhone, value: contactPhone },
  { label: SEAL_LINES.sealedOn, value: formatDay(sealedOn) },
  { label: '扫描件', value: fileName },
];
