import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES, type ErrorCode } from '../../miniprogram/contract/error-codes';
import {
  COMMON_ERRORS,
  errorsOf,
  functionOf,
  OPERATIONS,
  type OperationName,
} from '../../miniprogram/contract/operations';
import { REFUSAL_TEXTS } from '../../miniprogram/text/refusal-text';
import { ROLES } from '../../miniprogram/contract/roles';
import { listFiles, readSource, ROOT } from './sources';

const NAMES = Object.keys(OPERATIONS) as OperationName[];
const CODES = Object.keys(ERROR_CODES) as ErrorCode[];
const tests = listFiles('test/functions')
  .filter(path => path.endsWith('.test.ts'))
  .map(readSource)
  .join('\n');

describe.each(NAMES)('%s', name => {
  it('is answered by its function', () => {
    const index = join('cloudfunctions', functionOf(name), 'index.ts');

    expect(existsSync(join(ROOT, index))).toBe(true);
    expect(readSource(index)).toContain(`'${name}'`);
  });

  it('says who may call it', () => {
    const { roles } = OPERATIONS[name];

    if (roles === 'anyone') return;
    expect(roles.length).toBeGreaterThan(0);
    expect(roles.filter(role => !ROLES.includes(role))).toEqual([]);
  });

  it('is tested through its function', () => {
    expect(tests).toMatch(new RegExp(`['"\`]${name.replace('.', '\\.')}['"\`]`));
  });

  it('has a Chinese sentence for everything that it can refuse', () => {
    for (const code of errorsOf(name)) {
      const text = REFUSAL_TEXTS[code];
      expect(typeof text === 'string' ? text : text({})).toMatch(/[\u4e00-\u9fff].*。$/);
    }
  });
});

describe('every refusal', () => {
  it('can be given by some operation', () => {
    const given = new Set<ErrorCode>([...COMMON_ERRORS, ...NAMES.flatMap(errorsOf)]);

    expect(CODES.filter(code => !given.has(code))).toEqual([]);
  });
});
