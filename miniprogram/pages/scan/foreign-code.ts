/** Every dynamic code of ours begins so; the server judges the rest. */
const OWN_CODE = /^SDV\d+\./;

/** Other codes that people hold out by mistake, the more telling first. */
const LOOKS: [RegExp, string][] = [
  [/^\s*$/, '一个空白的二维码'],
  [/^\d{18}[\dXx]$/, '印出来的券码'],
  [/essc|ssc\.|mohrss|12333/i, '电子社保卡的码'],
  [/^(wxp:|https?:\/\/(wx\.tenpay|payapp\.weixin|qr\.alipay))|^\d{18}$/i, '付款码或收款码'],
  [/^https?:\/\/(u|work)\.?(wechat|weixin)|^https?:\/\/weixin\.qq\.com/i, '微信名片或公众号的码'],
  [/^https?:\/\//i, '一个网页链接'],
  [/^BEGIN:VCARD/i, '一张电子名片'],
  [/^\d+$/, '一串数字（可能是商品条码）'],
];

/**
 * What a scanned text looks like when it is no code of ours. Foreign codes can be personal (cards, payments), so they are
 * named on the phone and never sent.
 * @returns undefined for a code of ours.
 */
export function describeForeignCode(text: string): string | undefined {
  if (OWN_CODE.test(text)) return undefined;
  return LOOKS.find(([pattern]) => pattern.test(text))?.[1] ?? '别的二维码';
}
