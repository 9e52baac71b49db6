import { format } from 'node:util';
import type { LogLevel } from './instance-messages';

const LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;
/** Longer output of one print is cut, so that a function cannot fill the log with one line. */
const LINE_CHARACTERS_MAX = 8192;

/** Sends what this thread prints with `console` to the given function instead of the terminal. */
export function captureConsole(print: (level: LogLevel, text: string) => void): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...values: unknown[]) =>
      print(level, format(...values).slice(0, LINE_CHARACTERS_MAX));
  }
}
