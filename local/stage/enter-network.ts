import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import { completeUscc } from '../../cloudfunctions/shared/domain/uscc';
import { CITIES, type CityCode } from '../../miniprogram/contract/areas';
import { INTERFACES, type EntryDraft, type SealBlock } from '../../miniprogram/contract/entry';
import type { PlainInputOf, OperationName, OutputOf } from '../../miniprogram/contract/operations';

/** Phones (openids) of those who bring a city into the network: who fills in, who seals for the city, the province. */
export interface Entrants {
  clerk: string;
  sealer: string;
  province: string;
}

/** How the application is played: by calls of whatever phone, and uploads from it. */
interface EntryPlayer {
  must<Name extends OperationName>(
    name: Name,
    input: PlainInputOf<Name>,
    openid: string,
  ): Promise<OutputOf<Name>>;
  upload(openid: string, path: string, bytes: Uint8Array): Promise<unknown>;
  nowMs(): number;
}

/** What a scan begins with is all that is asked of it. */
export const A_SCAN = Buffer.from('%PDF-1.4\n% 盖章页扫描件\n');

/** A form that is complete, with every mode and every interface ticked. */
export const usualEntry = (
  cityCode: CityCode,
  filledOn: string,
): Required<Omit<EntryDraft, 'channelKind'>> => ({
  filledOn,
  applicantName: `${CITIES[cityCode]}市人力资源和社会保障局`,
  applicantUscc: completeUscc(`11${cityCode}00004000001`),
  channelName: '人社服务号',
  channelNumber: `${cityCode}000001`,
  issueModes: ['general', 'targeted'],
  functionModes: ['face_value', 'credit'],
  contactName: '王联系',
  contactPhone: '13800000001',
  contactEmail: 'entry@example.com',
  interfaces: [...INTERFACES],
  adminAccounts: [],
});

/** Leads a city's application from its first line to the approval, whose job is done when this ends. @returns its id. */
export async function enterNetwork(
  player: EntryPlayer,
  cityCode: CityCode,
  { clerk, sealer, province }: Entrants,
): Promise<string> {
  const today = dayOf(player.nowMs());
  const draft = { ...usualEntry(cityCode, today), channelKind: 'official_account' as const };
  const { id } = await player.must('entry.saveApplication', { cityCode, ...draft }, clerk);
  const of = { applicationId: id };
  const seal = async (block: SealBlock, by: string) => {
    const { cloudPath, fileId } = await player.must('entry.startScanUpload', of, by);
    await player.upload(by, cloudPath, A_SCAN);
    const contact = { contactName: '李盖章', contactPhone: '0531-12345678', sealedOn: today };
    await player.must('entry.sealApplication', { ...of, block, ...contact, fileId }, by);
  };
  await player.must('entry.submitApplication', of, clerk);
  await seal('cityHrssIt', sealer);
  await seal('provinceHrssIt', province);
  await player.must('entry.sendApplication', of, province);
  await seal('platformOperator', province);
  await seal('mohrssInfoCentre', province);
  await player.must('entry.approveApplication', { ...of, roles: [] }, province);
  return id;
}
