import { encryptText, personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { aPerson } from '../../support/people';
import type { Caller, MinistryTestCloud } from '../../support/test-cloud';
import { insert, seedHolding, stored, useVoucher, type City, type Holding } from '../voucher/seed';

export const fire = (cloud: MinistryTestCloud) => cloud.cloud.fireTimer('timer');

let numbered = 0;

/** A class whose people have been sent to the platform, which has not been told of it yet. Everybody is somebody new. */
export async function aMakingClass(cloud: MinistryTestCloud, city: City, people = 1): Promise<Holding> {
  const first = numbered;
  numbered += people;
  await insert(
    cloud,
    'people',
    Array.from({ length: people }, (_, at) => {
      const { name, idNumber } = aPerson(first + at);
      return {
        id: personKeyOf(idNumber),
        nameCipher: encryptText(name),
        idNumberCipher: encryptText(idNumber),
        addedAtMs: cloud.nowMs(),
      };
    }),
  );
  return seedHolding(cloud, city, { people, first });
}

/** One voucher of somebody new, made by the platform. */
export async function aMadeVoucher(
  cloud: MinistryTestCloud,
  city: City,
): Promise<{ voucherId: string; worker: Caller }> {
  const { voucherIds, workers } = await aMakingClass(cloud, city);
  await fire(cloud);
  return { voucherId: voucherIds[0] ?? '', worker: workers[0] ?? city.clerk };
}

/** The same, claimed and scanned; the platform knows all of it. */
export async function aUsedVoucher(
  cloud: MinistryTestCloud,
  city: City,
): Promise<{ voucherId: string; worker: Caller }> {
  const made = await aMadeVoucher(cloud, city);
  await useVoucher(cloud, city, made.worker, made.voucherId);
  await fire(cloud);
  return made;
}

interface StoredVoucher {
  status: string;
  code?: string;
  version: number;
  history: { command: string; atMs: number }[];
  delivery?: { nextPosition: number; attempts: number; problem?: object };
  undeliveredSinceMs?: number;
  relayAtMs?: number;
  stuckSinceMs?: number;
  dispute?: { command: string };
  closedDisputes?: object[];
  verificationId?: string;
}

export async function voucherIn(cloud: MinistryTestCloud, voucherId: string): Promise<StoredVoucher> {
  const voucher = await stored(cloud, 'vouchers', voucherId);
  if (!voucher) throw new Error('no such voucher');
  return voucher as unknown as StoredVoucher;
}

/** Waits out the longest pause between two tries, and fires. */
export async function fireLater(cloud: MinistryTestCloud): Promise<void> {
  await cloud.advanceClock(31 * 60 * 1000);
  await fire(cloud);
}
