import * as v from 'valibot';
import { CITY_CODES } from '../../miniprogram/contract/areas';
import { fail, ok } from '../../miniprogram/contract/result';
import type { Template } from '../shared/domain/template';
import { Cursor, Project } from '../shared/runtime/input';
import { templates } from '../shared/store/templates';
import { mapPage } from '../shared/views/pages';
import { readingInterface, SMALL_BODY_BYTES_MAX } from './open-interface';

const Fen = v.pipe(v.number(), v.integer(), v.description('金额，单位：分'));
const Days = v.pipe(v.number(), v.integer(), v.description('从制券当天起的天数'));
const Status = v.picklist(['draft', 'published', 'closed']);

const TemplateOut = v.strictObject({
  templateId: v.pipe(v.string(), v.description('券模板编号')),
  name: v.pipe(v.string(), v.description('券模板名称')),
  cityCode: v.picklist(CITY_CODES),
  projectId: v.pipe(Project, v.description('培训项目')),
  issueMode: v.pipe(v.picklist(['general', 'targeted']), v.description('general 通用券，targeted 定向券')),
  functionMode: v.pipe(
    v.picklist(['face_value', 'credit']),
    v.description('face_value 面值券，credit 抵用券'),
  ),
  status: v.pipe(Status, v.description('draft 草稿，published 已发布，closed 已停用')),
  amountFen: Fen,
  claimWindowDays: Days,
  validDays: Days,
});

const toOut = ({ id, ...template }: Template): v.InferOutput<typeof TemplateOut> => ({
  templateId: id,
  name: template.name,
  cityCode: template.cityCode,
  projectId: template.projectId,
  issueMode: template.issueMode,
  functionMode: template.functionMode,
  status: template.status,
  amountFen: template.amountFen,
  claimWindowDays: template.claimWindowDays,
  validDays: template.validDays,
});

export const listTemplates = readingInterface({
  name: 'listTemplates',
  title: '获取培训券模板列表',
  description:
    '列出一个市的券模板，最新的在前，一次一页。机构和市的客户端只能列出本市的，市可以不填；推送客户端可以列出任何一个市的。',
  kinds: ['city', 'institution', 'push'],
  actingPerson: 'none',
  writes: false,
  idempotentBy: 'reading',
  input: v.strictObject({
    cityCode: v.exactOptional(v.pipe(v.picklist(CITY_CODES), v.description('市的行政区划代码前四位'))),
    status: v.exactOptional(v.pipe(Status, v.description('只要这种状态的'))),
    cursor: v.exactOptional(v.pipe(Cursor.wrapped, v.description('上一页回答的 nextCursor，第一页不填'))),
  }),
  output: v.strictObject({
    items: v.array(TemplateOut),
    nextCursor: v.exactOptional(v.pipe(v.string(), v.description('还有下一页时，下一次请求的 cursor'))),
  }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 2,
  successStatus: 200,
  errors: [],
  rowErrors: [],
  load: ({ cityCode, ...options }, client) =>
    templates.listWithin({ cityCodes: [cityCode ?? client.cityCode] }, options),
  run: async ({ input, client }, page) => {
    const isForeign = input.cityCode !== undefined && input.cityCode !== client.cityCode;
    if (isForeign && client.kind !== 'push') return fail('scope_missing');
    return ok(mapPage(page, toOut));
  },
});
