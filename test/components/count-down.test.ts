/** @jest-environment jsdom */
import { describeComponent } from './support/simulate';

const NOW_MS = Date.UTC(2026, 10, 24, 2, 0);

describeComponent('components/count-down/count-down', render => {
  beforeEach(() => jest.useFakeTimers({ now: NOW_MS }));
  afterEach(() => jest.useRealTimers());

  test('whole seconds until the end, the begun one counted', () => {
    const countDown = render({ endsAtMs: NOW_MS + 59_001 });

    expect(countDown.text).toBe('60秒');
    expect(countDown.labels).toEqual(['60秒']);
  });

  test('goes down each second and stays at nothing', () => {
    const countDown = render({ endsAtMs: NOW_MS + 2_000, suffix: '秒后刷新' });

    jest.advanceTimersByTime(1_000);
    expect(countDown.text).toBe('1秒后刷新');

    jest.advanceTimersByTime(5_000);
    expect(countDown.text).toBe('0秒后刷新');
  });

  test('a new end counts at once', () => {
    const countDown = render({ endsAtMs: NOW_MS });

    countDown.set({ endsAtMs: NOW_MS + 30_000 });

    expect(countDown.text).toBe('30秒');
  });

  test('behind another page it rests, in front again it is right at once', () => {
    const countDown = render({ endsAtMs: NOW_MS + 60_000 });

    countDown.page('hide');
    expect(jest.getTimerCount()).toBe(0);
    jest.setSystemTime(NOW_MS + 20_000);
    countDown.page('show');

    expect(countDown.text).toBe('40秒');
    expect(jest.getTimerCount()).toBe(1);
  });

  test('leaves no clock running when it goes', () => {
    const countDown = render({ endsAtMs: NOW_MS + 60_000 });

    countDown.detach();

    expect(jest.getTimerCount()).toBe(0);
  });
});
