import { describeForeignCode } from '../../miniprogram/pages/scan/foreign-code';

test('a code of ours is sent to the server, also of a later version', () => {
  expect(describeForeignCode('SDV1.oqsnwadm0n8qmanc.zmsh0.hqqikpnw.f12f096903585b84')).toBeUndefined();
  expect(describeForeignCode('SDV2.something')).toBeUndefined();
});

test.each([
  ['', '一个空白的二维码'],
  ['https://example.com/a?b=1', '一个网页链接'],
  ['https://ssc.mohrss.gov.cn/portal?x=1', '电子社保卡的码'],
  ['wxp://f2f0abc', '付款码或收款码'],
  ['134512345678901234', '付款码或收款码'],
  ['https://u.wechat.com/abcdef', '微信名片或公众号的码'],
  ['BEGIN:VCARD\nN:Z', '一张电子名片'],
  ['6901234567892', '一串数字（可能是商品条码）'],
  ['3701202613877337392', '印出来的券码'],
  ['sdv1 hello', '别的二维码'],
])('%j looks like %s', (text, looks) => {
  expect(describeForeignCode(text)).toBe(looks);
});
