import { standingOf } from '../../cloudfunctions/shared/domain/standing';

const active = { changes: [{ field: 'active' }] };
const renamed = { changes: [{ field: 'name' }] };

describe('since when an institution is suspended or active again', () => {
  it('is told by the last switch, with the reason that was given with it or later', () => {
    expect(
      standingOf({
        history: [
          { atMs: 1, changes: [] },
          { atMs: 2, ...active, reason: '整改' },
          { atMs: 3, ...renamed },
          { atMs: 4, ...active, reason: '已整改' },
        ],
      }),
    ).toEqual({ sinceMs: 4, reason: '已整改' });
    expect(
      standingOf({
        history: [
          { atMs: 2, ...active },
          { atMs: 3, changes: [], reason: '后来补写' },
        ],
      }),
    ).toEqual({ sinceMs: 2, reason: '后来补写' });
  });

  it('keeps no reason of an earlier switch, and is nothing where there was none', () => {
    const history = [
      { atMs: 2, ...active, reason: '整改' },
      { atMs: 4, ...active },
    ];

    expect(standingOf({ history })).toEqual({ sinceMs: 4 });
    expect(standingOf({ history: [{ atMs: 1, changes: [] }] })).toBeUndefined();
  });
});
