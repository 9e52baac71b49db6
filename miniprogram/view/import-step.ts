import type { ImportReport } from '../contract/imports';

/** pick a file → checked: the dry run is on the screen → done: stored. */
export type ImportStep = 'pick' | 'checked' | 'done';

/** What is under way. The phone knows the step, not how far it is within it. */
export const DOING = {
  upload: '第 1 步，共 3 步：正在上传文件…',
  check: '第 2 步，共 3 步：正在逐行检查…',
  import: '第 3 步，共 3 步：正在导入…',
} as const;

export interface ImportButton {
  text: string;
  disabled: boolean;
}

/** The button below a dry run says how much it would take in, or that the file has to be mended first. */
export const importButton = ({ good, bad }: ImportReport, unit: string): ImportButton =>
  good === 0
    ? { text: '没有可导入的', disabled: true }
    : { text: bad > 0 ? `只导入可用的${good}${unit}` : `导入${good}${unit}`, disabled: false };

/** @param unit what is counted: 人, 个渠道. */
export const importedText = ({ added, bad }: ImportReport, unit = '人'): string =>
  bad > 0 ? `已导入${added}${unit}，另有${bad}行没有导入` : `已导入${added}${unit}`;

export const ROSTER_HINTS: readonly string[] = [
  '第一行写表头：姓名、身份证号、手机号、是否签订劳动合同、是否缴纳企业养老保险。也可以打开空白名册，转发到电脑上填写。',
  '“手机号”可以不填；两个“是否”只填“是”或“否”。',
  '一人一行，一次最多1万人。先检查，再导入；有问题的行不会导入。',
];

export const INSTITUTION_HINTS: readonly string[] = [
  '第一行写表头：机构名称、统一社会信用代码、区县、可开展项目、管理员姓名、管理员身份证号。也可以打开空白表格，转发到电脑上填写，里面有填写说明。',
  '一家机构有几名管理员，就写几行，信用代码相同。区县、项目、管理员可以不填。',
  '先检查，再导入；有问题的行会说明原因，不会导入。已经登记过的机构不会改动，只加上新的管理员。',
];

export const CHANNEL_HINTS: readonly string[] = [
  '第一行写表头：渠道编号、渠道名称、渠道类型、是否签发渠道。也可以打开空白表格，转发到电脑上填写。',
  '渠道类型填：小程序、手机应用、公众号、网页。',
  '先检查，再导入；有问题的行会说明原因，不会导入。导入以后还没有开通领券，请在渠道页面上逐个开通。',
];

export const CODE_HINTS: readonly string[] = [
  '第一行写表头：券码。下面一行一个券码，一次最多1万个。',
  '先检查，再导入；有问题的行会说明原因，不会导入。',
];
