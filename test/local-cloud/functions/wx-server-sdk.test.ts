/** What `wx-server-sdk` tells a function, and how it refuses what the local cloud does not have. */
import { startTestCloud, stopTestCloud, type TestCloud } from '../cloud/test-cloud';

const FUNCTION = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const calls = {
    context: async () => cloud.getWXContext(),
    openapi: () => cloud.openapi.subscribeMessage.send({ touser: 'o', templateId: 't', data: {} }),
    openData: () => cloud.getOpenData({ list: ['1'] }),
    code: () => cloud.openapi.wxacode.get({ path: 'x' }),
    pay: () => cloud.cloudPay.unifiedOrder({ body: 'x' }),
    passOn: async () => (await cloud.callFunction({ name: 'told', data: { call: 'context' } })).result,
  };
  exports.main = async event => {
    try {
      return { value: await calls[event.call ?? 'context']() };
    } catch (error) {
      return { failure: error.message };
    }
  };
`;

interface Answer {
  readonly value?: unknown;
  readonly failure?: string;
}

let cloud: TestCloud;
beforeAll(async () => {
  const timed = { callable: true, triggers: [{ name: 'night', type: 'timer', config: '0 0 2 * * * *' }] };
  cloud = await startTestCloud({ told: { source: FUNCTION }, nightly: { source: FUNCTION, config: timed } });
});
afterAll(() => stopTestCloud(cloud));

async function ask(call: string, openid?: string): Promise<Answer> {
  const { result } = await cloud.callFunction('told', { call }, openid === undefined ? {} : { openid });
  return result as Answer;
}

describe('getWXContext()', () => {
  const HERE = { APPID: expect.stringMatching(/^wx/), ENV: 'local-env' };

  it('tells them for a call without a user too', async () => {
    expect((await ask('context')).value).toEqual({ ...HERE, SOURCE: expect.stringMatching(/^wx_/) });
  });

  it("tells a user's call environment and source", async () => {
    expect((await ask('context', 'oAlice')).value).toMatchObject({
      ...HERE,
      OPENID: 'oAlice',
      SOURCE: 'wx_client',
    });
  });

  it('tells one function of another, and a timer as what it is', async () => {
    expect((await ask('passOn', 'oAlice')).value).toMatchObject({
      value: { ...HERE, SOURCE: 'wx_client,scf' },
    });
    expect((await cloud.fireTimer('nightly')).result).toEqual({ value: { ...HERE, SOURCE: 'wx_trigger' } });
  });
});

it.each([
  ['openapi', 'wx.openApi (subscribeMessage.send)'],
  ['openData', 'wx.openApi (ApiGetOpenDataByCloudId)'],
  ['code', 'wx.openApi (wxacode.get)'],
  ['pay', 'wx.wxPayApi (unifiedOrder)'],
])('%s is refused by its name', async (call, feature) => {
  expect((await ask(call, 'oAlice')).failure).toContain(`${feature} is not supported by the local cloud`);
});
