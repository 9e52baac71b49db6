import type { EntryCommand, EntryStatus } from '../../miniprogram/contract/entry';
import { isEntryEditable, SEAL_BLOCKS, SEALABLE } from '../../miniprogram/contract/entry';
import type { RoleChoice } from '../../miniprogram/contract/entry';
import {
  boundAmendments,
  checkEntryPerson,
  checkModes,
  checkReturner,
  checkSeals,
  chooseRoles,
  deadlineAt,
  ENTRY_LIFE,
  returnReasonOf,
  SEAL_COMMANDS,
  type EntryApplication,
  type EntryStep,
  type StoredForm,
} from '../../cloudfunctions/shared/domain/entry-application';
import { EMPTY_FORM } from '../../cloudfunctions/shared/domain/entry-form';
import { branded } from '../support/branded';
import { refused } from '../support/refused';
import { NOW_MS } from './a-voucher';
import { describeLife } from './describe-life';

const STATUSES = [
  'draft',
  'submitted',
  'citySealed',
  'provinceSealed',
  'sent',
  'approved',
  'returned',
] as const satisfies EntryStatus[];

const REFUSALS = {
  create: 'entry_not_editable',
  amend: 'entry_not_editable',
  submit: 'entry_not_editable',
  sealCity: 'entry_not_submitted',
  sealProvince: 'entry_not_city_sealed',
  sealOperator: 'entry_not_province_sealed',
  sealMinistry: 'entry_not_sent',
  send: 'entry_not_province_sealed',
  approve: 'entry_not_sent',
  return: 'entry_not_returnable',
  unmask: 'entry_not_found',
  openScan: 'entry_not_found',
} as const satisfies Record<EntryCommand, string>;

const stays = Object.fromEntries(STATUSES.map(status => [status, status])) as Record<
  EntryStatus,
  EntryStatus
>;

describeLife('network entry', ENTRY_LIFE, {
  statuses: STATUSES,
  final: ['approved'],
  begin: { command: 'create', status: 'draft' },
  legal: {
    create: {},
    amend: { draft: 'draft', returned: 'returned' },
    submit: { draft: 'submitted', returned: 'submitted' },
    sealCity: { submitted: 'citySealed' },
    sealProvince: { citySealed: 'provinceSealed' },
    sealOperator: { provinceSealed: 'provinceSealed', sent: 'sent' },
    sealMinistry: { sent: 'sent' },
    send: { provinceSealed: 'sent' },
    approve: { sent: 'approved' },
    return: { submitted: 'returned', citySealed: 'returned', provinceSealed: 'returned', sent: 'returned' },
    unmask: stays,
    openScan: stays,
  },
  refusalOf: (command, status) => ({ code: REFUSALS[command], data: { status } }),
});

test('screens offer exactly what the rules allow', () => {
  expect(STATUSES.filter(isEntryEditable)).toEqual(
    STATUSES.filter(status => ENTRY_LIFE.allows('amend', status)),
  );
  for (const status of STATUSES)
    expect(SEALABLE[status]).toEqual(
      SEAL_BLOCKS.filter(block => ENTRY_LIFE.allows(SEAL_COMMANDS[block], status)),
    );
});

const stepBy = (command: EntryCommand, personKey: string): EntryStep =>
  branded({
    command,
    from: 'draft',
    to: 'draft',
    atMs: NOW_MS,
    by: { role: 'clerk', personKey },
    requestId: command,
  });

describe('who takes a step', () => {
  const history = [
    stepBy('create', 'first'),
    stepBy('amend', 'second'),
    stepBy('submit', 'third'),
    stepBy('sealCity', 'sealer'),
  ];
  const may = (command: EntryCommand, personKey: string) =>
    checkEntryPerson({ history }, command, branded(personKey)).ok;

  it.each(['first', 'second', 'third'])(
    'who filled the form in (%s) seals and decides nothing',
    personKey => {
      for (const command of [
        'sealCity',
        'sealProvince',
        'sealOperator',
        'sealMinistry',
        'send',
        'approve',
      ] as const)
        expect(may(command, personKey)).toBe(false);
    },
  );

  it('who sealed it for the city decides nothing for the province, and may seal it anew', () => {
    expect(may('sealCity', 'sealer')).toBe(true);
    for (const command of ['sealProvince', 'sealOperator', 'sealMinistry', 'send', 'approve'] as const)
      expect(may(command, 'sealer')).toBe(false);
  });

  it('anybody amends, hands in and takes back, and a third person does everything', () => {
    for (const command of ['amend', 'submit', 'return'] as const) expect(may(command, 'first')).toBe(true);
    expect(may('approve', 'another')).toBe(true);
    expect(checkEntryPerson({ history }, 'approve', branded('sealer'))).toEqual({
      ok: false,
      error: { code: 'entry_same_person', data: { did: 'sealCity', needs: 'approve' } },
    });
  });

  it('a city sends back only what is still with it, the province whatever is under way', () => {
    const returns = (role: 'clerk' | 'reviewer' | 'province') =>
      STATUSES.filter(
        status => ENTRY_LIFE.allows('return', status) && checkReturner({ status }, { role }).ok,
      );

    expect(returns('clerk')).toEqual(['submitted']);
    expect(returns('reviewer')).toEqual(['submitted']);
    expect(returns('province')).toEqual(['submitted', 'citySealed', 'provinceSealed', 'sent']);
  });
});

const A_FORM: StoredForm = { ...EMPTY_FORM, ciphers: {}, adminAccounts: [] };

describe('the roles of an approval', () => {
  const form: StoredForm = branded({
    ...A_FORM,
    adminAccounts: [
      { rowKey: 'a', countyCode: '', ciphers: {}, personKey: 'person-a' },
      { rowKey: 'b', countyCode: '', ciphers: {}, personKey: 'person-b', role: 'payer' },
    ],
  });
  const choose = (roles: RoleChoice[], chooser = 'chooser') => chooseRoles({ form }, roles, branded(chooser));

  it('are those that were chosen, and no others', () => {
    expect(
      choose([
        { rowKey: 'b', role: 'none' },
        { rowKey: 'a', role: 'reviewer' },
      ]),
    ).toMatchObject({ ok: true, data: [{ rowKey: 'a', role: 'reviewer' }, { rowKey: 'b' }] });
    const chosen = choose([
      { rowKey: 'a', role: 'none' },
      { rowKey: 'b', role: 'none' },
    ]);
    expect(chosen.ok && chosen.data.some(row => 'role' in row)).toBe(false);
  });

  it.each<[string, RoleChoice[]]>([
    ['one is missing', [{ rowKey: 'a', role: 'clerk' }]],
    [
      'one is named twice',
      [
        { rowKey: 'a', role: 'clerk' },
        { rowKey: 'a', role: 'payer' },
      ],
    ],
    [
      'one is of no row',
      [
        { rowKey: 'a', role: 'clerk' },
        { rowKey: 'c', role: 'payer' },
      ],
    ],
    ['there are none', []],
  ])('must be named for each row: %s', (_what, roles) => {
    expect(choose(roles)).toEqual(refused('entry_roles_incomplete'));
  });

  it('are not given to whoever chooses', () => {
    const roles = (role: RoleChoice['role']): RoleChoice[] => [
      { rowKey: 'a', role },
      { rowKey: 'b', role: 'clerk' },
    ];

    expect(choose(roles('clerk'), 'person-a')).toEqual(refused('role_to_oneself'));
    expect(choose(roles('none'), 'person-a').ok).toBe(true);
  });
});

test('an approval needs every seal', () => {
  const seal = { ciphers: { contactName: '', contactPhone: '' }, sealedOn: '', fileId: '', recordedAtMs: 0 };
  const all = Object.fromEntries(SEAL_BLOCKS.map(block => [block, seal])) as EntryApplication['seals'];
  const { platformOperator: _operator, ...without } = all;

  expect(checkSeals({ seals: all }).ok).toBe(true);
  expect(checkSeals({ seals: without })).toEqual({
    ok: false,
    error: { code: 'entry_seal_missing', data: { blocks: ['platformOperator'] } },
  });
});

test('a reason of return is shown until the form is handed in anew', () => {
  const returned = (reason: string) => ({ ...stepBy('return', 'officer'), reason });
  const history = [returned('公章不清楚'), stepBy('submit', 'clerk'), returned('渠道编号有误')];

  expect(returnReasonOf({ status: 'returned', history })).toBe('渠道编号有误');
  expect(returnReasonOf({ status: 'submitted', history })).toBeUndefined();
  expect(returnReasonOf({ status: 'draft', history: [] })).toBeUndefined();
});

test('a history keeps the last savings of a person, all other steps, and everybody who saved', () => {
  const history = [
    stepBy('create', 'clerk'),
    stepBy('amend', 'colleague'),
    ...Array.from({ length: 30 }, (_, at) => ({ ...stepBy('amend', 'clerk'), requestId: `amend-${at}` })),
  ];

  const bounded = boundAmendments(history, branded({ role: 'clerk', personKey: 'clerk' }));

  expect(bounded.map(({ command }) => command)).toEqual([
    'create',
    'amend',
    ...Array.from({ length: 20 }, () => 'amend'),
  ]);
  expect(bounded[1]?.by.personKey).toBe('colleague');
  expect(bounded.at(-1)?.requestId).toBe('amend-29');
});

test('the deadline is the sixteenth of August of the year unless the province has set a day', () => {
  expect(deadlineAt(Date.parse('2021-08-06T00:00:00+08:00'), undefined)).toBe('2021-08-16');
  expect(deadlineAt(Date.parse('2026-12-31T23:59:00+08:00'), undefined)).toBe('2026-08-16');
  expect(deadlineAt(Date.parse('2026-12-31T23:59:00+08:00'), '2027-01-15')).toBe('2027-01-15');
});

describe('what an entry allows', () => {
  const ticked = (issueModes: StoredForm['issueModes'], functionModes: StoredForm['functionModes']) => ({
    form: { ...A_FORM, issueModes, functionModes },
  });
  const TARGETED_FACE = ticked(['targeted'], ['face_value']);

  it('is nothing without one', () => {
    expect(checkModes([], { issueMode: 'targeted', functionMode: 'face_value' })).toEqual(
      refused('entry_not_approved'),
    );
  });

  it('is every pair of the ticked modes, and no other', () => {
    const allowed = (entries: (typeof TARGETED_FACE)[]) =>
      (['general', 'targeted'] as const).flatMap(issueMode =>
        (['face_value', 'credit'] as const)
          .filter(functionMode => checkModes(entries, { issueMode, functionMode }).ok)
          .map(functionMode => `${issueMode} ${functionMode}`),
      );

    expect(allowed([TARGETED_FACE])).toEqual(['targeted face_value']);
    expect(allowed([ticked(['general', 'targeted'], ['credit'])])).toEqual([
      'general credit',
      'targeted credit',
    ]);
    // Two entries do not allow what neither of them ticks.
    expect(allowed([TARGETED_FACE, ticked(['general'], ['credit'])])).toEqual([
      'general credit',
      'targeted face_value',
    ]);
    expect(checkModes([TARGETED_FACE], { issueMode: 'general', functionMode: 'face_value' })).toEqual({
      ok: false,
      error: { code: 'mode_not_in_entry', data: { issueMode: 'general', functionMode: 'face_value' } },
    });
  });
});
