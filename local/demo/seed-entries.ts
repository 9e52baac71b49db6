import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { EntryDraft, SealBlock } from '../../miniprogram/contract/entry';
import type { Acts } from '../stage/acts';
import { A_SCAN, usualEntry, type Entrants } from '../stage/enter-network';
import { madeUpPerson } from '../stage/made-up-people';

/** Made-up numbers of the people who are to get accounts. */
const FIRST_ACCOUNT = 12_900_000;

const PINYIN = ['wangming', 'liqiang'];

/** Channels that the city would like to open beside its first one, by how far each application has come. */
const CHANNELS = {
  draft: '手机银行',
  returned: '市民卡小程序',
  submitted: '政务服务大厅',
  citySealed: '社保自助终端',
  provinceSealed: '人社手机应用',
  sent: '就业服务网',
};

type Stop = keyof typeof CHANNELS;
const STOPS = Object.keys(CHANNELS) as Stop[];

type Step = (applicationId: string) => Promise<unknown>;

/** Applications of one city in each state before the approval; the first is half filled in. */
export async function seedEntries(acts: Acts, cityCode: CityCode, entrants: Entrants): Promise<void> {
  const steps = stepsOf(acts, entrants);
  const paths: Record<Stop, Step[]> = {
    draft: [],
    returned: [steps.submit, steps.return],
    submitted: [steps.submit],
    citySealed: [steps.submit, steps.sealCity],
    provinceSealed: [steps.submit, steps.sealCity, steps.sealProvince],
    sent: [
      ...[steps.submit, steps.sealCity, steps.sealProvince],
      steps.send,
      steps.sealOperator,
      steps.sealMinistry,
    ],
  };
  for (const [position, stop] of STOPS.entries()) {
    const draft = stop === 'draft' ? halfFilled(cityCode) : filled(cityCode, position, stop);
    const { id } = await acts.must('entry.saveApplication', { cityCode, ...draft }, entrants.clerk);
    for (const step of paths[stop]) await step(id);
  }
}

function stepsOf(acts: Acts, { clerk, sealer, province }: Entrants) {
  const seal =
    (block: SealBlock, by: string): Step =>
    async applicationId => {
      const { cloudPath, fileId } = await acts.must('entry.startScanUpload', { applicationId }, by);
      await acts.stage.caller.upload(by, cloudPath, A_SCAN);
      const contact = { contactName: '李盖章', contactPhone: '0531-12345678', sealedOn: today(acts) };
      await acts.must('entry.sealApplication', { applicationId, block, ...contact, fileId }, by);
    };
  return {
    submit: (applicationId: string) => acts.must('entry.submitApplication', { applicationId }, clerk),
    return: (applicationId: string) =>
      acts.must(
        'entry.returnApplication',
        { applicationId, reason: '渠道名称和批复的不一致，请核对' },
        province,
      ),
    sealCity: seal('cityHrssIt', sealer),
    sealProvince: seal('provinceHrssIt', province),
    send: (applicationId: string) => acts.must('entry.sendApplication', { applicationId }, province),
    sealOperator: seal('platformOperator', province),
    sealMinistry: seal('mohrssInfoCentre', province),
  };
}

const today = ({ stage }: Acts): string => dayOf(Date.now() + stage.cloud.clockOffsetMs);

const filled = (cityCode: CityCode, position: number, stop: Stop): EntryDraft => ({
  ...usualEntry(cityCode, '2026-08-06'),
  channelName: CHANNELS[stop],
  channelNumber: `${cityCode}${String(11 + position).padStart(6, '0')}`,
  issueModes: ['targeted'],
  functionModes: ['face_value'],
  interfaces: ['scanVoucher', 'addTrainees', 'getVoucherStatus', 'settleVouchers', 'listTemplates'],
  adminAccounts: PINYIN.map((namePinyin, i) => {
    const { name, phone, idNumber } = madeUpPerson(FIRST_ACCOUNT + position * PINYIN.length + i);
    const county = i === 0 ? {} : { countyCode: `${cityCode}02` };
    return { rowKey: `row${i}`, ...county, name, namePinyin, phone, idNumber };
  }),
});

/** The unit and one account without its numbers; a digit of the channel's number is missing. */
const halfFilled = (cityCode: CityCode): EntryDraft => {
  const { filledOn, applicantName, contactName, contactPhone } = usualEntry(cityCode, '2026-08-06');
  const { name } = madeUpPerson(FIRST_ACCOUNT);
  return {
    ...{ filledOn, applicantName, contactName, contactPhone },
    channelName: CHANNELS.draft,
    channelNumber: `${cityCode}00001`,
    issueModes: ['targeted'],
    interfaces: ['scanVoucher', 'settleVouchers'],
    adminAccounts: [{ rowKey: 'row0', name, namePinyin: 'wang' }],
  };
};
