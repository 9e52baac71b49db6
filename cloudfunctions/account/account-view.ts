import type { AccountView } from '../../miniprogram/contract/accounts';
import type { Account } from '../shared/store/accounts';
import { maskedName } from '../shared/views/voucher-view';

export const toAccountView = (account: Account): AccountView => ({
  name: maskedName(account.nameCipher),
  grants: account.grants,
  ...(account.suspended && { suspended: account.suspended }),
  ...(account.cityCode !== undefined && { cityCode: account.cityCode }),
  consentVersion: account.consentVersion,
  signedInUntilMs: account.signedInUntilMs,
});
