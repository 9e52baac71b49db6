import { formatYuan, groupCount, isTooMuch, minusFen, NO_FEN, yuanText, type Fen } from '../../contract/fen';
import { PROJECTS } from '../../contract/projects';
import type { Grant } from '../../contract/roles';
import { GRACE_DAYS_DEFAULT, type TemplateView } from '../../contract/templates';
import {
  audienceRuleText,
  FUNCTION_MODE_NAMES,
  ISSUE_MODE_NAMES,
  TEMPLATE_STATUS_NAMES,
} from '../../text/voucher-text';
import { cityUrl } from '../../view/city-url';
import { canAct } from '../../view/grants';
import { statusFilters } from '../../view/status-filters';
import { TEMPLATE_TONES, type Tone } from '../../view/tones';
import type { Fact } from '../../view/voucher';
import { cityName } from './cities';
import { percentOf } from './numbers';
import type { RecordRow } from './record-row';

export const TEMPLATE_FILTERS = statusFilters(TEMPLATE_STATUS_NAMES, ['published', 'draft', 'closed']);

/** '定向券 · 面值券' */
export const kindText = ({
  issueMode,
  functionMode,
}: Pick<TemplateView, 'issueMode' | 'functionMode'>): string =>
  `${ISSUE_MODE_NAMES[issueMode]} · ${FUNCTION_MODE_NAMES[functionMode]}`;

export const toTemplateRow = (template: TemplateView): RecordRow => ({
  id: template.id,
  title: template.name,
  statusText: TEMPLATE_STATUS_NAMES[template.status],
  tone: TEMPLATE_TONES[template.status],
  lines: [
    `${cityName(template.cityCode)} · ${kindText(template)}`,
    `已发 ${groupCount(template.issuedCount)} 张，共 ${groupCount(template.quota)} 张`,
  ],
  figure: `每张 ${yuanText(template.amountFen)}`,
  url: cityUrl('template-detail', { templateId: template.id }),
});

export interface UsageBar {
  label: string;
  value: string;
  percent: number;
  tone: Tone;
}

export interface TemplatePage {
  name: string;
  statusText: string;
  tone: Tone;
  facts: Fact[];
  usage: UsageBar[];
  /** Exact figures of the same, for the eye and for copying. */
  left: Fact[];
  audience: string[];
  institutionsText: string;
}

/** What can be done now, by whom. One of them is the page's main action. */
export interface TemplateActions {
  main: '' | 'publish' | 'issue';
  canAmend: boolean;
  canClose: boolean;
  isGeneral: boolean;
}

export function templateActions(template: TemplateView, grants: readonly Grant[]): TemplateActions {
  const isClerk = canAct(grants, 'clerk', template);
  const isGeneral = template.issueMode === 'general';
  const isPublished = template.status === 'published';
  const main = template.status === 'draft' ? 'publish' : isPublished && isGeneral ? 'issue' : '';
  return {
    main: isClerk ? main : '',
    canAmend: isClerk && template.status !== 'closed',
    canClose: isClerk && isPublished,
    isGeneral,
  };
}

export const leftCount = ({ quota, issuedCount }: TemplateView): number => Math.max(0, quota - issuedCount);

/** Money not yet promised to anybody. */
export const leftFen = ({ budgetFen, committedFen }: TemplateView): Fen =>
  committedFen > budgetFen ? NO_FEN : minusFen(budgetFen, committedFen);

export const audienceTexts = ({ audience }: Pick<TemplateView, 'audience'>): string[] =>
  audience.length > 0 ? audience.map(audienceRuleText) : ['不限条件'];

export function toTemplatePage(template: TemplateView): TemplatePage {
  const { issuedCount, quota, committedFen, budgetFen } = template;
  return {
    name: template.name,
    statusText: TEMPLATE_STATUS_NAMES[template.status],
    tone: TEMPLATE_TONES[template.status],
    facts: [...templateFacts(template), graceFact(template)],
    usage: [
      {
        label: '张数',
        value: `${groupCount(issuedCount)} / ${groupCount(quota)} 张`,
        percent: percentOf(issuedCount, quota),
        tone: 'act',
      },
      {
        label: '预算（元）',
        value: `${formatYuan(committedFen)} / ${formatYuan(budgetFen)}`,
        percent: percentOf(committedFen, budgetFen),
        tone: 'act',
      },
    ],
    left: [
      { label: '剩余张数', value: `${groupCount(leftCount(template))} 张` },
      { label: '剩余预算', value: yuanText(leftFen(template)) },
    ],
    audience: audienceTexts(template),
    institutionsText: institutionsText(template),
  };
}

const institutionsText = ({ institutionIds }: TemplateView): string =>
  institutionIds.length > 0 ? `指定的 ${institutionIds.length} 家机构` : '全市培训机构';

export const templateFacts = (template: TemplateView): Fact[] => [
  { label: '发放地', value: cityName(template.cityCode) },
  { label: '培训项目', value: PROJECTS[template.projectId].name },
  { label: '券种', value: kindText(template) },
  { label: '单张金额', value: yuanText(template.amountFen) },
  { label: '领取期限', value: `发券之日起 ${template.claimWindowDays} 天内` },
  { label: '使用期限', value: `发券之日起 ${template.validDays} 天内` },
];

const graceFact = ({ graceDays = GRACE_DAYS_DEFAULT }: TemplateView): Fact => ({
  label: '核验期限',
  value: graceDays === 0 ? '开班到结班当天' : `开班到结班后 ${graceDays} 天`,
});

/** Said before publication: what is fixed from then on. */
export const publishFacts = (template: TemplateView): Fact[] => [
  { label: '券种', value: kindText(template) },
  { label: '单张金额', value: yuanText(template.amountFen) },
  { label: '张数', value: `${groupCount(template.quota)} 张` },
  { label: '预算', value: yuanText(template.budgetFen) },
  ...(isTooMuch(template.amountFen, template.quota, template.budgetFen)
    ? [{ label: '请注意', value: '按张数发满会超出预算，预算用完即停' }]
    : []),
];
