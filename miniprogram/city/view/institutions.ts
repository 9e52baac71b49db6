import { countiesOf, type CountyCode } from '../../contract/counties';
import type { Grant } from '../../contract/roles';
import type { AdministratorView, InstitutionView } from '../../contract/training';
import { formatShanghaiDay } from '../../text/shanghai-time';
import { cityUrl } from '../../view/city-url';
import { canAct, wholeCitiesWith } from '../../view/grants';
import type { Fact } from '../../view/voucher';
import { areaName, countyChoicesOf, type CountyChoice } from './cities';
import type { RecordRow } from './record-row';

const statusText = ({ active }: InstitutionView): string => (active ? '启用中' : '已停用');

export const toInstitutionRow = (institution: InstitutionView): RecordRow => ({
  id: institution.id,
  title: institution.name,
  statusText: statusText(institution),
  tone: institution.active ? 'done' : 'dead',
  lines: [`${areaName(institution)} · ${institution.uscc}`],
  figure: '',
  url: cityUrl('institution-detail', { institutionId: institution.id }),
});

export interface InstitutionPage {
  name: string;
  statusText: string;
  active: boolean;
  facts: Fact[];
  canChange: boolean;
  /** '' where it lies in none. */
  countyCode: CountyCode | '';
  /** To say in which county it lies is the whole city's. */
  canPlace: boolean;
  counties: CountyChoice[];
}

export const toInstitutionPage = (
  institution: InstitutionView,
  grants: readonly Grant[],
): InstitutionPage => ({
  name: institution.name,
  statusText: statusText(institution),
  active: institution.active,
  facts: [
    { label: '所在市', value: areaName(institution) },
    { label: '信用代码', value: institution.uscc },
  ],
  canChange: canAct(grants, 'clerk', institution),
  countyCode: institution.countyCode ?? '',
  canPlace: wholeCitiesWith(grants, 'clerk').includes(institution.cityCode),
  counties: countyChoicesOf(countiesOf(institution.cityCode)),
});

export interface PersonRow {
  id: string;
  name: string;
  note: string;
}

export const toPersonRow = ({ personId, name, grantedAtMs }: AdministratorView): PersonRow => ({
  id: personId,
  name,
  note: `${formatShanghaiDay(grantedAtMs)}开通`,
});
