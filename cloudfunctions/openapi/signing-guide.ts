import { signatureOf, stringToSign, type SignedRequest } from '../shared/runtime/signature';

/** A request for checking a client's own reckoning. The secret is nobody's. */
export const TEST_VECTORS: readonly {
  secret: string;
  request: Omit<SignedRequest, 'body'> & { body: string };
}[] = [
  {
    secret: `${'00'.repeat(31)}01`,
    request: {
      method: 'POST',
      path: '/openapi/getVoucherStatus',
      timeMs: '1700000000000',
      nonce: 'abcdefghijklmnop',
      body: '{"voucherCodes":["370120260000000001X"]}',
    },
  },
  {
    secret: '0123456789abcdef'.repeat(4),
    request: {
      method: 'POST',
      path: '/openapi/voidClaimedVouchers',
      timeMs: '1700000000001',
      nonce: 'ABCDEFGHIJKLMNOP_-',
      body: '{"reason":"报名信息有误"}',
    },
  },
];

const vectorText = ({ secret, request }: (typeof TEST_VECTORS)[number]): string => {
  const signed = { ...request, body: Buffer.from(request.body) };
  return [
    `密钥：${secret}`,
    `请求体：${request.body}`,
    '待签名文本：',
    stringToSign(signed),
    `签名：${signatureOf(signed, secret)}`,
  ].join('\n');
};

/** How to sign, to the byte. */
export const SIGNING_GUIDE = `每个请求都要签名。待签名文本是五行，行与行之间是一个换行符（字节0A），最后一行后面没有换行符，编码为 UTF-8：

1. 请求方法，大写：POST
2. 路径：/openapi/ 加接口名，不带域名和查询参数
3. 请求头 x-voucher-time 的原文
4. 请求头 x-voucher-nonce 的原文：16至64个字母、数字、下划线或连字符
5. 请求体全部字节的 SM3 摘要，64个小写十六进制字符

签名是 HMAC-SM3，密钥是64个十六进制字符所表示的32个字节，结果写成64个小写十六进制字符，放在请求头 x-voucher-signature。请求体是 UTF-8 编码的 JSON 对象，不压缩，不能有重复的字段名；不能带查询参数。

检查的顺序：请求体的大小、压缩、类型、格式 → 签名 → 时间 → 随机串和次数 → 客户端的种类和开通的接口 → 填写的内容 → 幂等键 → 办理。

校验用例：

${TEST_VECTORS.map(vectorText).join('\n\n')}`;
