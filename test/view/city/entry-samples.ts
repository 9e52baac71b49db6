import type { Plain } from '../../../miniprogram/contract/brand';
import type { EntryApplicationView, EntryRowView } from '../../../miniprogram/contract/entry';
import { branded } from '../../support/branded';

export const anEntryRow = (given: Partial<Plain<EntryRowView>> = {}): EntryRowView =>
  branded({
    id: 'entry-1',
    cityCode: '3701',
    status: 'draft',
    applicantName: '济南市人力资源和社会保障局',
    channelName: '人社服务号',
    channelNumber: '3701000001',
    filledAtMs: Date.UTC(2026, 7, 6, 2),
    ...given,
  });

export const anEntry = (given: Partial<Plain<EntryApplicationView>> = {}): EntryApplicationView =>
  branded({
    ...anEntryRow(),
    revision: 3,
    filledOn: '2026-08-06',
    applicantUscc: '91350100M000100Y43',
    channelKind: 'official_account',
    issueModes: ['targeted'],
    functionModes: ['face_value'],
    contactName: '王*系',
    contactPhone: '138****0001',
    contactEmail: 'e****@example.com',
    interfaces: ['scanVoucher', 'settleVouchers'],
    adminAccounts: [
      {
        rowKey: 'a',
        countyCode: '370102',
        name: '单*信',
        namePinyin: 's****',
        phone: '139****5678',
        idNumber: '3701**********002X',
      },
      { rowKey: 'b', name: '王*' },
    ],
    faults: [],
    seals: {},
    deadlineOn: '2026-08-16',
    history: [{ command: 'create', to: 'draft', atMs: 0, by: 'clerk', byName: '张*三' }],
    ...given,
  });
