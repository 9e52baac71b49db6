import { INTERFACE_NAMES } from '../../contract/entry';
import { hasKey } from '../../contract/has-key';
import type { ApiClientView } from '../../contract/open-interfaces';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import type { Fact } from '../../view/voucher';

export interface ClientPage {
  facts: Fact[];
  interfaces: string[];
  keys: { keyVersion: number; title: string; note: string }[];
  hasKeys: boolean;
  isRevoked: boolean;
}

/** A system that may call the interfaces of its application; of a key only that there is one. */
export const toClientPage = (client: ApiClientView): ClientPage => ({
  facts: [
    { label: '名称', value: client.name },
    { label: '编号', value: client.id },
  ],
  interfaces: client.scopes.map(scope => (hasKey(INTERFACE_NAMES, scope) ? INTERFACE_NAMES[scope] : scope)),
  keys: client.keys
    .map(({ keyVersion, createdAtMs, expiresAtMs }) => ({
      keyVersion,
      title: `第 ${keyVersion} 号密钥`,
      note: [
        `${formatShanghaiMinute(createdAtMs)}生成`,
        ...(expiresAtMs === undefined ? [] : [`${formatShanghaiMinute(expiresAtMs)}失效`]),
      ].join('，'),
    }))
    .reverse(),
  hasKeys: client.keys.length > 0,
  isRevoked: client.revokedAtMs !== undefined,
});
