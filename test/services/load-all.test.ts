import type { Page, PageInput } from '../../miniprogram/contract/paging';
import { loadAll } from '../../miniprogram/services/load-all';
import type { Answer } from '../../miniprogram/view/failure';

const PAGE = 20;

/** Pages of the numbers below a count. */
const pagesOf =
  (count: number) =>
  async ({ cursor = '0' }: PageInput): Promise<Answer<Page<number>>> => {
    const from = Number(cursor);
    const items = Array.from({ length: Math.min(PAGE, count - from) }, (_, at) => from + at);
    const next = from + PAGE;
    return { ok: true, data: { items, ...(next < count && { nextCursor: String(next) }) } };
  };

it.each([0, 1, 20, 21, 400, 1_003])('all of %d are there to choose from', async count => {
  expect(await loadAll(pagesOf(count))).toEqual({
    ok: true,
    data: Array.from({ length: count }, (_, at) => at),
  });
});

it('a page that fails fails the whole', async () => {
  const failure = { ok: false, error: { code: 'service_busy' } } as const;

  expect(await loadAll(async ({ cursor }) => (cursor ? failure : pagesOf(50)({})))).toEqual(failure);
});

it('a page that leads to itself ends', async () => {
  const page = { items: [1], nextCursor: 'x' };

  expect(await loadAll(async () => ({ ok: true, data: page }))).toEqual({ ok: true, data: [1, 1] });
});
