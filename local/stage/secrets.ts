import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import type { DataFolder } from '../cloud/data-folder';
import { readSettings } from '../cloud/start-error';
import { simulatorKeys, type SimulatorKeys } from '../upstream/essc-gateway-simulator';

/** Keys of one local cloud. What they encrypted is lost without them, so they lie beside the database. */
export interface LocalSecrets {
  /** Value of VOUCHER_SECRETS. */
  voucherSecrets: string;
  esscKeys: SimulatorKeys;
}

const makeSecrets = (): LocalSecrets => ({
  voucherSecrets: JSON.stringify({
    sm4KeyVersion: '1',
    sm4Keys: { 1: randomBytes(16).toString('hex') },
    lookupKey: randomBytes(32).toString('hex'),
    codeKey: randomBytes(32).toString('hex'),
  }),
  esscKeys: simulatorKeys(),
});

const SECRETS_FILE = 'secrets.json';
const UNFINISHED_FILE = `${SECRETS_FILE}.tmp`;
const EsscKeys = v.object({
  accessKey: v.string(),
  encryptionKeyHex: v.string(),
  envelopeMacKeyHex: v.string(),
  signatureKeyHex: v.string(),
});
const Kept = v.object({ voucherSecrets: v.string(), esscKeys: EsscKeys });

/** The keys kept in the folder, made at the first start. Readable by this user only. @throws StartError */
export function keepSecrets(folder: DataFolder): LocalSecrets {
  folder.claim(SECRETS_FILE, UNFINISHED_FILE);
  const file = folder.pathOf(SECRETS_FILE);
  if (existsSync(file)) return readSettings(file, Kept);
  const secrets = makeSecrets();
  // Whole or not at all: what half a key has encrypted nobody could read again.
  writeFileSync(folder.pathOf(UNFINISHED_FILE), JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(folder.pathOf(UNFINISHED_FILE), file);
  return secrets;
}
