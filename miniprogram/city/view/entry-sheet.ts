import type { EntryApplicationView } from '../../contract/entry';
import { countyName, PROVINCE_NAME, type FormToPrint } from '../../text/entry-form-text';
import { cityName } from './cities';

/** The application as it is printed, with what is masked left masked. */
export const toMaskedForm = (entry: EntryApplicationView): FormToPrint => ({
  cityCode: entry.cityCode,
  filledOn: entry.filledOn ?? '',
  applicantName: entry.applicantName ?? '',
  applicantUscc: entry.applicantUscc ?? '',
  channelName: entry.channelName ?? '',
  channelNumber: entry.channelNumber ?? '',
  issueModes: entry.issueModes,
  functionModes: entry.functionModes,
  contactName: entry.contactName ?? '',
  contactPhone: entry.contactPhone ?? '',
  contactEmail: entry.contactEmail ?? '',
  interfaces: entry.interfaces,
  adminAccounts: entry.adminAccounts.map(row => ({
    province: PROVINCE_NAME,
    city: cityName(entry.cityCode),
    county: countyName(row.countyCode ?? ''),
    name: row.name ?? '',
    namePinyin: row.namePinyin ?? '',
    phone: row.phone ?? '',
    idNumber: row.idNumber ?? '',
  })),
  seals: entry.seals,
});
