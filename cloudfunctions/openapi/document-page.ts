import { codesOfDocument, openApiDocument, rowOf } from './document';
import { BASE_PATH } from './http-request';
import { INTERFACES } from './interfaces';
import type { AnyOpenInterface } from './open-interface';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, character => ENTITIES[character] ?? '');

const STYLE = `
body { font: 16px/1.6 system-ui, sans-serif; color: #1c2733; max-width: 60rem; margin: 0 auto; padding: 1rem; }
pre { background: #f3f5f8; padding: .75rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; display: block; overflow: auto; }
th, td { border: 1px solid #c8d0da; padding: .3rem .6rem; text-align: left; vertical-align: top; }
code { overflow-wrap: anywhere; }
a { color: #0b57d0; }
`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (tag: 'th' | 'td', cells: readonly string[]) =>
    `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table>${line('th', head)}${rows.map(row => line('td', row)).join('')}</table>`;
};

const overviewRow = (definition: AnyOpenInterface): string[] => {
  const row = rowOf(definition);
  return [
    `<a href="#${definition.name}">${escape(definition.title)}</a><br><code>${definition.name}</code>`,
    row.clients,
    row.actingPerson,
    escape(row.moves),
    row.repetition,
    `${row.rowsMax}行<br>${row.bodyBytesMax}字节`,
    String(row.databaseRequestsMax),
  ];
};

interface Schema {
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
}

interface FieldLine {
  path: string;
  schema: Schema;
  isRequired: boolean;
}

/** The fields of a schema, those within each other by dotted paths. */
function fieldsOf({ properties = {}, required = [], items, anyOf, oneOf }: Schema, path = ''): FieldLine[] {
  const variants = [...(anyOf ?? []), ...(oneOf ?? [])];
  if (variants.length > 0) return uniqueByPath(variants.flatMap(each => fieldsOf(each, path)));
  if (items) return fieldsOf(items, `${path}[]`);
  return Object.entries(properties).flatMap(([name, schema]) => {
    const own = path === '' ? name : `${path}.${name}`;
    return [{ path: own, schema, isRequired: required.includes(name) }, ...fieldsOf(schema, own)];
  });
}

const uniqueByPath = (lines: readonly FieldLine[]): FieldLine[] => [
  ...new Map(lines.map(line => [line.path, line])).values(),
];

const kindOf = ({ type, enum: values, const: value }: Schema): string => {
  const fixed = values ?? (value === undefined ? undefined : [value]);
  const names: Readonly<Record<string, string>> = {
    string: '文本',
    integer: '整数',
    number: '数',
    boolean: '是否',
    array: '列表',
    object: '对象',
  };
  const LISTED_MAX = 20;
  if (fixed && fixed.length <= LISTED_MAX)
    return fixed.map(each => `<code>${escape(String(each))}</code>`).join(' ');
  return names[type ?? ''] ?? '';
};

const fieldTable = (schema: Schema): string =>
  table(
    ['字段', '必填', '类型', '说明'],
    fieldsOf(schema).map(({ path, schema: field, isRequired }) => [
      `<code>${escape(path)}</code>`,
      isRequired ? '是' : '',
      kindOf(field),
      escape(field.description ?? ''),
    ]),
  );

interface Content {
  content: { 'application/json': { schema: Schema } };
}
interface Operation {
  requestBody: Content;
  responses: Record<string, Content>;
}

function sectionOf(definition: AnyOpenInterface): string {
  const { name, title, description, successStatus, rowErrors } = definition;
  const paths = openApiDocument()['paths'] as Record<string, { post: Operation }>;
  const operation = paths[`${BASE_PATH}/${name}`]?.post;
  if (!operation) return '';
  const answer = operation.responses[String(successStatus)];
  const codes = rowErrors.map(code => `<a href="#${code}"><code>${code}</code></a>`).join(' ');
  return `<h2 id="${name}">${escape(title)} <code>${name}</code></h2>
<p>${escape(description)}</p>
<p><code>POST ${BASE_PATH}/${name}</code></p>
<h3>请求</h3>${fieldTable(operation.requestBody.content['application/json'].schema)}
<h3>回答（${successStatus}）</h3>${answer ? fieldTable(answer.content['application/json'].schema) : ''}
${codes && `<p>逐行拒绝原因：${codes}</p>`}`;
}

function makePage(): string {
  const { info } = openApiDocument() as { info: { title: string; description: string } };
  const head = ['接口', '客户端', '办理人', '状态', '重复提交', '最多', '数据库请求'];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)}</title><style>${STYLE}</style></head><body>
<h1>${escape(info.title)}</h1>
<p>给程序读的文档：<a href="${BASE_PATH}/document"><code>${BASE_PATH}/document</code></a>（OpenAPI 3.1）。</p>
<h2>接口一览</h2>${table(head, INTERFACES.map(overviewRow))}
<h2>签名</h2><pre>${escape(info.description)}</pre>
${INTERFACES.map(sectionOf).join('\n')}
<h2>拒绝代码</h2>${table(
    ['代码', 'HTTP 状态', '重试', '说明'],
    codesOfDocument().map(({ code, status, retry, text }) => [
      `<code id="${code}">${code}</code>`,
      String(status),
      retry,
      escape(text),
    ]),
  )}
</body></html>`;
}

let made: string | undefined;

/** The document for reading: plain HTML that needs nothing from elsewhere. */
export const documentPage = (): string => (made ??= makePage());
