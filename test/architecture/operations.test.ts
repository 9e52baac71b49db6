import { INTERFACES } from '../../cloudfunctions/openapi/interfaces';
import { errorsOf as errorsOfInterface } from '../../cloudfunctions/openapi/open-interface';
import { ERROR_CODES, type ErrorCode } from '../../miniprogram/contract/error-codes';
import {
  COMMON_ERRORS,
  errorsOf,
  functionOf,
  OPERATIONS,
  type OperationName,
} from '../../miniprogram/contract/operations';
import { ROLES } from '../../miniprogram/contract/roles';
import { REFUSAL_TEXTS } from '../../miniprogram/text/refusal-text';
import { listFiles, readSource } from './sources';

const CONTRACT = 'miniprogram/contract/operations.ts';
const SENTENCES = 'miniprogram/text/refusal-text.ts';

const NAMES = Object.keys(OPERATIONS) as OperationName[];
const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

/** The names of operations that stand as texts of their own in the files of a folder. */
function namesIn(folder: string, isWanted = (_path: string): boolean => true): Set<string> {
  const text = listFiles(folder).filter(isWanted).map(readSource).join('\n');
  return new Set([...text.matchAll(/(['"`])([a-z]+\.[a-zA-Z]+)\1/g)].map(([, , name = '']) => name));
}

/** Operations with something wrong, each as a sentence that says where to mend it. */
const complaints = (isWrong: (name: OperationName) => boolean, mend: (name: OperationName) => string) =>
  NAMES.filter(isWrong).map(name => `${name}: ${mend(name)}`);

describe('every operation', () => {
  it('is answered by its function', () => {
    const isAnswered = (name: OperationName) => namesIn(`cloudfunctions/${functionOf(name)}`).has(name);

    expect(
      complaints(
        name => !isAnswered(name),
        name => `write it in cloudfunctions/${functionOf(name)}/ and list it in its index.ts`,
      ),
    ).toEqual([]);
  });

  it('says who may call it', () => {
    const isSaid = ({ roles }: (typeof OPERATIONS)[OperationName]) =>
      roles === 'anyone' || (roles.length > 0 && roles.every(role => ROLES.includes(role)));

    expect(
      complaints(
        name => !isSaid(OPERATIONS[name]),
        () => `give its row in ${CONTRACT} the roles that may call it`,
      ),
    ).toEqual([]);
  });

  it('is tested through its function', () => {
    const tested = namesIn('test/functions', path => path.endsWith('.test.ts'));

    expect(
      complaints(
        name => !tested.has(name),
        name => `call it in a test of test/functions/${functionOf(name)}/`,
      ),
    ).toEqual([]);
  });
});

describe('every refusal', () => {
  it('has a Chinese sentence', () => {
    const isSentence = (code: ErrorCode): boolean => {
      const text = REFUSAL_TEXTS[code];
      return /[\u4e00-\u9fff].*。$/.test(typeof text === 'string' ? text : text({}));
    };

    expect(
      CODES.filter(code => !isSentence(code)).map(code => `${code}: write its sentence in ${SENTENCES}`),
    ).toEqual([]);
  });

  it('can be given by some operation', () => {
    const byInterfaces = INTERFACES.flatMap(each => [...errorsOfInterface(each), ...each.rowErrors]);
    const given = new Set<ErrorCode>([
      'interface_unknown',
      ...COMMON_ERRORS,
      ...NAMES.flatMap(errorsOf),
      ...byInterfaces,
    ]);

    expect(
      CODES.filter(code => !given.has(code)).map(code => `${code}: no row in ${CONTRACT} lists it`),
    ).toEqual([]);
  });
});
