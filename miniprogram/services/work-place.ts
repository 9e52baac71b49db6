import type { Grant } from '../contract/roles';
import { session } from './session';

const KEY = 'institution';

const grants = (): readonly Grant[] => session.value.account?.grants ?? [];

/** Institutions that this person scans for. */
export const listInstitutionIds = (): string[] =>
  grants().flatMap(grant => (grant.role === 'administrator' ? [grant.institutionId] : []));

/** The institution chosen last, else the first. */
export function findInstitutionId(): string | undefined {
  const ids = listInstitutionIds();
  const kept: unknown = wx.getStorageSync(KEY);
  return ids.find(id => id === kept) ?? ids[0];
}

export function chooseInstitution(institutionId: string): void {
  wx.setStorageSync(KEY, institutionId);
}
