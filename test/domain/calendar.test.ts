import { dayOf, endOfDaysMs, isDay, startOfDayMs } from '../../cloudfunctions/shared/domain/calendar';

const at = (text: string): number => Date.parse(text);

describe('the day in Shandong', () => {
  it.each([
    ['2026-11-24T15:59:59.999Z', '2026-11-24'],
    ['2026-11-24T16:00:00.000Z', '2026-11-25'],
    ['2026-12-31T15:59:59.999Z', '2026-12-31'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29'],
  ])('at %s is %s, wherever the server stands', (moment, day) => {
    expect(dayOf(at(moment))).toBe(day);
  });

  it('begins at midnight in Beijing', () => {
    expect(startOfDayMs(at('2026-11-24T10:00:00+08:00'))).toBe(at('2026-11-24T00:00:00+08:00'));
    expect(startOfDayMs(at('2026-11-24T00:00:00+08:00'))).toBe(at('2026-11-24T00:00:00+08:00'));
    expect(startOfDayMs(at('2026-11-23T23:59:59.999+08:00'))).toBe(at('2026-11-23T00:00:00+08:00'));
  });
});

describe('a period of whole days', () => {
  it('of one day ends at the coming midnight, also when it begins a moment before it', () => {
    expect(endOfDaysMs(at('2026-11-24T00:00:00+08:00'), 1)).toBe(at('2026-11-25T00:00:00+08:00'));
    expect(endOfDaysMs(at('2026-11-24T23:59:59.999+08:00'), 1)).toBe(at('2026-11-25T00:00:00+08:00'));
  });

  it('counts through the ends of months, years and leap days', () => {
    expect(endOfDaysMs(at('2026-12-31T12:00:00+08:00'), 1)).toBe(at('2027-01-01T00:00:00+08:00'));
    expect(endOfDaysMs(at('2028-02-28T12:00:00+08:00'), 2)).toBe(at('2028-03-01T00:00:00+08:00'));
    expect(endOfDaysMs(at('2026-11-24T12:00:00+08:00'), 90)).toBe(at('2027-02-22T00:00:00+08:00'));
  });
});

describe('a day in writing', () => {
  it.each(['2026-11-24', '2028-02-29', '2026-12-31'])('%s is one', text => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '24.11.2026',
    '',
    '2026-11-24T00:00',
  ])('%p is none', text => {
    expect(isDay(text)).toBe(false);
  });
});
