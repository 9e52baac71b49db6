import { createNode } from '../shared/dom';
import type { ClockState, PreviewEvent } from '../shared/preview-api';
import { moveClock } from './preview-server';

const TICK_MS = 10_000;
const DAYS_AHEAD = [1, 7, 30];

const FORMAT = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'full',
  timeStyle: 'short',
});

/** What concerns all phones: the system's date, and what the last build said. */
export class TopBar {
  readonly node: HTMLElement;
  private readonly clock = createNode('output', {
    attributes: { 'aria-label': '系统时间', 'data-testid': 'clock' },
  });
  private readonly build = createNode('output', { className: 'build', attributes: { role: 'status' } });
  private offsetMs = 0;

  constructor(private readonly onClockMoved: (offsetMs: number) => void) {
    this.node = createNode(
      'header',
      { className: 'top' },
      createNode('h1', { text: '职业培训券 · 本地预览' }),
      createNode('span', { className: 'label', text: '系统时间' }),
      this.clock,
      ...DAYS_AHEAD.map(days => this.createClockButton(`+${days} 天`, { addDays: days })),
      this.createClockButton('恢复', { offsetMs: 0 }),
      this.build,
    );
    setInterval(() => this.tick(), TICK_MS);
  }

  showClock({ offsetMs }: ClockState): void {
    this.offsetMs = offsetMs;
    this.tick();
  }

  showBuild(event: PreviewEvent): void {
    this.build.classList.toggle('failed', event.kind === 'failed' || event.problems.length > 0);
    this.build.value =
      event.kind === 'failed'
        ? `构建失败：${event.message}`
        : [`已更新（${event.durationMs} ms）`, ...event.problems].join('  ');
  }

  private createClockButton(text: string, change: Parameters<typeof moveClock>[0]): HTMLElement {
    return createNode('button', {
      text,
      onClick: () =>
        void moveClock(change).then(
          state => {
            this.showClock(state);
            this.onClockMoved(state.offsetMs);
          },
          () => (this.build.value = '系统时间没有改动，请稍后再试'),
        ),
    });
  }

  private tick(): void {
    const now = new Date(Date.now() + this.offsetMs);
    this.clock.value = FORMAT.format(now);
    this.clock.dataset['day'] = now.toISOString().slice(0, 10);
  }
}
