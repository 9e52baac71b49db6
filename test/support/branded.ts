import type { Plain } from '../../miniprogram/contract/brand';

/** Sample data as a person writes it, ids as texts and amounts as numbers, for code that tells them apart. */
export const branded = <T>(value: NoInfer<Plain<T>>): T => value as T;
