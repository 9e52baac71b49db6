import { countiesOf, type CountyCode } from '../../contract/counties';
import { groupCount } from '../../contract/fen';
import { PROJECT_IDS, PROJECTS, type ProjectId } from '../../contract/projects';
import type { Grant } from '../../contract/roles';
import type { AdministratorView, InstitutionView } from '../../contract/training';
import { formatShanghaiDay, formatShanghaiMinute } from '../../text/shanghai-time';
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
  lines: [
    `${areaName(institution)} · ${institution.uscc}`,
    ...(institution.active || !institution.standing?.reason
      ? []
      : [`停用原因：${institution.standing.reason}`]),
  ],
  figure: '',
  url: cityUrl('institution-detail', { institutionId: institution.id }),
});

export type ActiveFilter = 'active' | 'suspended';

export const ACTIVE_FILTERS: { id: ActiveFilter | ''; text: string }[] = [
  { id: '', text: '全部' },
  { id: 'active', text: '启用中' },
  { id: 'suspended', text: '已停用' },
];

/** What the list is asked for. */
export const toActive = (filter: ActiveFilter | undefined): { active?: boolean } =>
  filter === undefined ? {} : { active: filter === 'active' };

export const totalsText = ({ active, suspended }: { active: number; suspended: number }): string =>
  `共 ${groupCount(active + suspended)} 家：启用中 ${groupCount(active)} 家，已停用 ${groupCount(suspended)} 家`;

export const PROJECT_CHOICES: { id: ProjectId; text: string }[] = PROJECT_IDS.map(id => ({
  id,
  text: PROJECTS[id].name,
}));

/** What a switch means, said before it is thrown; its reason is read by the administrators. */
const SWITCH_TEXTS = {
  suspend:
    '停用后，机构不能建班、扫码和申请补贴，正在进行的发券会停下。劳动者手里的券不作废；已经提交的补贴申请照常审核、拨付。管理员会在手机上看到您写的原因。',
  restore: '启用后，机构可以照常建班、扫码和申请补贴。管理员会在手机上看到您写的原因。',
};

export interface InstitutionPage {
  name: string;
  statusText: string;
  active: boolean;
  facts: Fact[];
  canChange: boolean;
  /** Empty for all of them. */
  projectIds: ProjectId[];
  switchText: string;
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
    { label: '培训项目', value: projectsText(institution) },
    ...standingFacts(institution),
  ],
  projectIds: institution.projectIds ?? [],
  switchText: institution.active ? SWITCH_TEXTS.suspend : SWITCH_TEXTS.restore,
  canChange: canAct(grants, 'clerk', institution),
  countyCode: institution.countyCode ?? '',
  canPlace: wholeCitiesWith(grants, 'clerk').includes(institution.cityCode),
  counties: countyChoicesOf(countiesOf(institution.cityCode)),
});

const projectsText = ({ projectIds = [] }: InstitutionView): string =>
  projectIds.length === 0 ? '全部项目' : projectIds.map(id => PROJECTS[id].name).join('、');

function standingFacts({ active, standing }: InstitutionView): Fact[] {
  if (!standing) return [];
  const what = active ? '恢复' : '停用';
  return [
    { label: `${what}时间`, value: formatShanghaiMinute(standing.sinceMs) },
    { label: `${what}原因`, value: standing.reason ?? '没有写' },
  ];
}

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
