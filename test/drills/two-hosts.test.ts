import { twoHosts } from '../../local/drills/two-hosts';

jest.setTimeout(60_000);

test('of several clouds on one folder one serves; when it is killed the next one has every answered write, once', async () => {
  expect(await twoHosts()).toMatchObject({
    ok: true,
    winners: 1,
    refused: true,
    tookOver: true,
    lost: 0,
    doubled: 0,
  });
});
