import { classFields, importPeople } from '../support/classes';
import type { Story } from './story';

export interface IssuedClass {
  classId: string;
  voucherId: string;
  code: string;
}

/** A running class of one person with a voucher. */
export async function anIssuedClass(
  { cloud, cast }: Story,
  templateId: string,
  person: number,
): Promise<IssuedClass> {
  const fields = classFields(cloud, templateId);
  const input = { institutionId: cast.institution.id, ...fields };
  const { id: classId } = await cloud.must('training.createClass', input, cast.administrator);
  await importPeople(cloud, cast, { classId }, { count: 1, first: person });
  await cloud.must('training.submitClass', { classId }, cast.administrator);
  await cloud.must('training.approveClass', { classId }, cast.clerk);
  await cloud.must('training.startClass', { classId }, cast.administrator);
  await cloud.must('voucher.issue', { classId }, cast.clerk);
  const { items } = await cloud.must('voucher.listVouchers', { classId }, cast.clerk);
  return { classId, voucherId: items[0]?.id ?? '', code: items[0]?.code ?? '' };
}
