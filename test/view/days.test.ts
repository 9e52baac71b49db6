import { daysLeft, daysLeftText, formatDay, toShanghaiDay } from '../../miniprogram/view/days';
import { NOW_MS, TONIGHT_MS } from './vouchers';

const MINUTE_MS = 60_000;

test('the day is Shandong’s, wherever the phone is', () => {
  expect(toShanghaiDay(TONIGHT_MS - MINUTE_MS)).toBe('2026-11-24');
  expect(toShanghaiDay(TONIGHT_MS)).toBe('2026-11-25');
});

test('calendar days are written with their weekday', () => {
  expect(formatDay('2026-11-24')).toBe('2026年11月24日（周二）');
});

test('a deadline at midnight counts as the day before it', () => {
  expect(daysLeft(TONIGHT_MS, NOW_MS)).toBe(0);
  expect(daysLeft(TONIGHT_MS + MINUTE_MS, NOW_MS)).toBe(1);
});

test('far and past deadlines make no hurry', () => {
  expect(daysLeftText(TONIGHT_MS, TONIGHT_MS + MINUTE_MS)).toBe('');
  expect(daysLeftText(TONIGHT_MS + 8 * 24 * 60 * MINUTE_MS, NOW_MS)).toBe('');
  expect(daysLeftText(TONIGHT_MS + 24 * 60 * MINUTE_MS, NOW_MS)).toBe('还剩1天');
});
