import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The keys kept in `dataDir`, made at the first start. Readable by this user only. */
export function keepSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LocalSecrets;
  const secrets = makeSecrets();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
