import type { CertificateOwner } from '../../../miniprogram/contract/operations';
import type { Page } from '../../../miniprogram/contract/paging';
import type { Certificate } from '../domain/certificate';
import type { TrainingClass } from '../domain/training-class';
import { classes } from './classes';
import { DocumentCollection } from './document-collection';
import { institutions, type Institution } from './institutions';
import { JoinedRead } from './joined-read';
import { fromRecord } from './query';

export const certificates = new DocumentCollection<Certificate, 'certificates'>('certificates');

/** A page of the certificates of a class or an institution, newest first, with the class or the institution itself. */
export function certificatesOf(
  owner: CertificateOwner,
  cursor: string | undefined,
): JoinedRead<{ owner: TrainingClass | Institution | undefined; page: Page<Certificate> }> {
  const page = certificates.joinedPage({ where: owner, cursor });
  const join =
    'classId' in owner
      ? classes.join({ where: { _id: owner.classId }, limit: 1 })
      : institutions.join({ where: { _id: owner.institutionId }, limit: 1 });
  return new JoinedRead({ ...page.joins, owners: join }, found => ({
    owner: found.owners.map(fromRecord<TrainingClass | Institution>)[0],
    page: page.toResult(found),
  }));
}
