import { endOfDaysMs } from '../../../cloudfunctions/shared/domain/calendar';
import { addInstitution, createCast, type Cast, type Member } from '../../support/callers';
import type { CityCode } from '../../../miniprogram/contract/areas';
import { ok } from '../../../miniprogram/contract/result';
import {
  aDraftClass,
  anApprovedClass,
  aPublishedTemplate,
  classFields,
  dayFromNow,
  importPeople,
} from '../../support/classes';
import { refused } from '../../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';

const DAY_MS = 24 * 60 * 60 * 1000;

let cloud: TestCloud;
let cast: Cast;
let other: Cast;
let stranger: Member;
let templateId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 1 });
  other = await createCast(cloud, { cityCode: '3702', workers: 0 });
  ({ administrator: stranger } = await addInstitution(cloud, cast.clerk, { number: 77, cityCode: '3701' }));
  ({ id: templateId } = await aPublishedTemplate(cloud, cast));
});
afterAll(() => cloud.stop());

const aClassInput = (fields: object = {}) => ({
  institutionId: cast.institution.id,
  ...classFields(cloud, templateId),
  ...fields,
});

describe('training.createClass', () => {
  it('makes a draft that takes project, amount, issue mode and city from its template', async () => {
    const made = await cloud.must('training.createClass', aClassInput(), cast.administrator);

    expect(made).toEqual({
      id: made.id,
      ...aClassInput(),
      status: 'draft',
      issueMode: 'targeted',
      projectId: 'skill_upgrade',
      cityCode: '3701',
      institutionName: cast.institution.name,
      amountFen: 50_000,
    });
  });

  it('refuses days that contradict, before anything else', async () => {
    const input = aClassInput({ institutionId: 'none', endsOn: dayFromNow(cloud, -1) });

    expect(await cloud.ask('training.createClass', input, cast.administrator)).toEqual(
      refused('class_days_contradictory'),
    );
  });

  it('accepts a class of one day', async () => {
    const input = aClassInput({ endsOn: dayFromNow(cloud, 0) });

    expect(await cloud.ask('training.createClass', input, cast.administrator)).toMatchObject({ ok: true });
  });

  it('knows no institution but the administrator’s own', async () => {
    expect(await cloud.ask('training.createClass', aClassInput(), stranger)).toEqual(
      refused('institution_not_found'),
    );
  });

  it('refuses templates of another city, unpublished ones, and those for other institutions', async () => {
    const foreign = await aPublishedTemplate(cloud, other);
    const closed = await aPublishedTemplate(cloud, cast);
    await cloud.must('voucher.closeTemplate', { templateId: closed.id }, cast.clerk);
    const { items } = await cloud.must('training.listInstitutions', {}, stranger);
    const forStranger = await aPublishedTemplate(cloud, cast, {
      institutionIds: items.map(({ id }) => id),
    });
    const create = (id: string) =>
      cloud.ask('training.createClass', aClassInput({ templateId: id }), cast.administrator);

    expect(await create('none')).toEqual(refused('template_not_found'));
    expect(await create(foreign.id)).toEqual(refused('template_not_found'));
    expect(await create(closed.id)).toEqual(refused('template_not_published'));
    expect(await create(forStranger.id)).toEqual(refused('institution_not_allowed_for_template'));
  });

  it('is for administrators', async () => {
    for (const caller of [cast.clerk, cast.payer, cast.workers[0] ?? cast.payer]) {
      expect(await cloud.ask('training.createClass', aClassInput(), caller)).toEqual(
        refused('role_not_allowed'),
      );
    }
  });

  it('makes one class of a repeated request, and refuses its id for another', async () => {
    const options = { ...cast.administrator, requestId: 'create-class-repeated' };
    const first = await cloud.ask('training.createClass', aClassInput(), options);

    const second = await cloud.ask('training.createClass', aClassInput(), options);
    const reused = await cloud.ask('training.createClass', aClassInput({ hours: 41 }), options);
    const none = { ...cast.administrator, requestId: null };

    expect(second).toEqual(first);
    expect(reused).toEqual(refused('request_id_reused'));
    expect(await cloud.ask('training.createClass', aClassInput(), none)).toEqual(
      refused('request_id_missing'),
    );
  });
});

describe('training.amendClass', () => {
  it('changes a draft, and a returned class', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await cloud.must('training.amendClass', { classId, name: '焊工中级班' }, cast.administrator);
    await importPeople(cloud, cast, { classId }, { count: 1 });
    await cloud.must('training.submitClass', { classId }, cast.administrator);
    await cloud.must('training.returnClass', { classId, reason: '学时不足' }, cast.clerk);

    const amended = await cloud.must('training.amendClass', { classId, hours: 60 }, cast.administrator);

    expect(amended).toMatchObject({ name: '焊工中级班', hours: 60, status: 'returned' });
  });

  it('refuses days that contradict those that stay, and every state under review or later', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const amend = (change: object) =>
      cloud.ask('training.amendClass', { classId, ...change }, cast.administrator);
    const contradictory = await amend({ startsOn: dayFromNow(cloud, 11) });
    const approved = await anApprovedClass(cloud, cast);

    const late = await cloud.ask(
      'training.amendClass',
      { classId: approved.classId, hours: 1 },
      cast.administrator,
    );

    expect(contradictory).toEqual(refused('class_days_contradictory'));
    expect(late).toEqual(refused('class_not_editable'));
    expect(await amend({ templateId: 'other' })).toEqual(refused('invalid_input'));
  });
});

describe('the life of a class', () => {
  it('runs from draft to finished and gives its return reason while it is returned', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 2 });
    const by = cast.administrator;
    const seen = [
      await cloud.must('training.submitClass', { classId }, by),
      await cloud.must('training.returnClass', { classId, reason: '名册有误' }, cast.clerk),
      await cloud.must('training.submitClass', { classId }, by),
      await cloud.must('training.approveClass', { classId }, cast.clerk),
      await cloud.must('training.startClass', { classId }, by),
    ];
    const early = await cloud.ask('training.finishClass', { classId }, by);

    await cloud.must('training.getClass', { classId }, by);
    const stored = (await cloud.documents('classes')).find(({ _id }) => _id === classId);

    expect(seen.map(({ status }) => status)).toEqual([
      'submitted',
      'returned',
      'submitted',
      'approved',
      'running',
    ]);
    expect(seen.map(({ returnReason }) => returnReason)).toEqual([
      undefined,
      '名册有误',
      undefined,
      undefined,
      undefined,
    ]);
    expect(early).toEqual({
      ok: false,
      error: { code: 'class_not_yet_over', data: { endsOn: dayFromNow(cloud, 10) } },
    });
    expect(stored?.['history']).toHaveLength(6);
  });

  it.each([
    [undefined, 7],
    [0, 0],
    [3, 3],
  ])(
    'finishes from its last day on; with %p days of grace its vouchers are taken for %d more',
    async (given, days) => {
      const template = given === undefined ? {} : { graceDays: given };
      const { classId } = await anApprovedClass(cloud, cast, { people: 1, template });
      await cloud.must('training.startClass', { classId }, cast.administrator);
      const offsetMs = cloud.cloud.clockOffsetMs;
      await cloud.advanceClock(10 * DAY_MS);
      const signedIn = { openid: await cloud.signIn(cast.administrator.person) };

      const finished = await cloud.ask('training.finishClass', { classId }, signedIn);

      const usableUntilMs = endOfDaysMs(cloud.nowMs(), days + 1);
      await cloud.cloud.setClockOffsetMs(offsetMs);
      expect(finished).toMatchObject({ ok: true, data: { status: 'finished', usableUntilMs } });
    },
  );

  it('needs people on the roster before a targeted class is handed in, none for a general one', async () => {
    const targeted = await aDraftClass(cloud, cast);
    const general = await aDraftClass(cloud, cast, { issueMode: 'general' });
    const submit = (classId: string) => cloud.ask('training.submitClass', { classId }, cast.administrator);

    expect(await submit(targeted.classId)).toEqual(refused('class_roster_empty'));
    expect(await submit(general.classId)).toMatchObject({
      ok: true,
      data: { status: 'submitted', issueMode: 'general' },
    });
  });

  it('is not approved on a template that has been closed', async () => {
    const made = await aDraftClass(cloud, cast, { issueMode: 'general' });
    const { classId } = made;
    await cloud.must('training.submitClass', { classId }, cast.administrator);
    await cloud.must('voucher.closeTemplate', { templateId: made.templateId }, cast.clerk);

    expect(await cloud.ask('training.approveClass', { classId }, cast.clerk)).toEqual(
      refused('template_not_published'),
    );
  });

  it('refuses each command from the wrong state, the wrong role, the wrong city and the wrong institution', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const commands = [
      ['training.approveClass', cast.clerk, other.clerk, 'class_not_submitted'],
      ['training.startClass', cast.administrator, stranger, 'class_not_approved'],
      ['training.finishClass', cast.administrator, stranger, 'class_not_running'],
    ] as const;
    for (const [name, caller, outsider, code] of commands) {
      expect(await cloud.ask(name, { classId }, caller)).toEqual(refused(code));
      expect(await cloud.ask(name, { classId }, outsider)).toEqual(refused('class_not_found'));
      expect(await cloud.ask(name, { classId: 'none' }, caller)).toEqual(refused('class_not_found'));
      expect(await cloud.ask(name, { classId }, cast.payer)).toEqual(refused('role_not_allowed'));
      expect(await cloud.ask(name, { classId }, { ...caller, requestId: null })).toEqual(
        refused('request_id_missing'),
      );
    }
    const returning = { classId, reason: '理由' };
    expect(await cloud.ask('training.returnClass', returning, cast.clerk)).toEqual(
      refused('class_not_submitted'),
    );
    expect(await cloud.ask('training.returnClass', returning, other.clerk)).toEqual(
      refused('class_not_found'),
    );
    expect(await cloud.ask('training.returnClass', { ...returning, reason: ' ' }, cast.clerk)).toEqual(
      refused('invalid_input'),
    );
    const submitted = await anApprovedClass(cloud, cast);
    for (const name of ['training.submitClass', 'training.amendClass'] as const) {
      const input = { classId: submitted.classId };
      expect(await cloud.ask(name, input, cast.administrator)).toEqual(refused('class_not_editable'));
      expect(await cloud.ask(name, input, stranger)).toEqual(refused('class_not_found'));
      expect(await cloud.ask(name, input, cast.clerk)).toEqual(refused('role_not_allowed'));
      expect(await cloud.ask(name, input, { ...cast.administrator, requestId: null })).toEqual(
        refused('request_id_missing'),
      );
    }
  });

  it('answers each repeated command as it did first, though the class has moved on', async () => {
    const { classId } = await aDraftClass(cloud, cast, { issueMode: 'general' });
    const taken = [];
    for (const [name, caller] of [
      ['training.amendClass', cast.administrator],
      ['training.submitClass', cast.administrator],
      ['training.approveClass', cast.clerk],
      ['training.startClass', cast.administrator],
    ] as const) {
      const options = { ...caller, requestId: `repeat-${name.slice(9)}` };
      taken.push({ name, options, first: await cloud.ask(name, { classId }, options) });
    }

    for (const { name, options, first } of taken) {
      expect(await cloud.ask(name, { classId }, options)).toEqual(first);
      expect(await cloud.ask(name, { classId: 'other' }, options)).toEqual(refused('request_id_reused'));
    }
  });

  it('lets one of two clerks decide', async () => {
    const { classId } = await aDraftClass(cloud, cast, { issueMode: 'general' });
    await cloud.must('training.submitClass', { classId }, cast.administrator);

    const results = await Promise.all([
      cloud.ask('training.approveClass', { classId }, cast.clerk),
      cloud.ask('training.returnClass', { classId, reason: '不符合' }, cast.clerk),
    ]);

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual(refused('class_not_submitted'));
  });
});

describe('looking classes up', () => {
  it('shows a class to its institution and to the officers of its city alone', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const get = (caller: { openid: string }) => cloud.call('training.getClass', { classId }, caller);

    for (const caller of [cast.administrator, cast.clerk, cast.reviewers[0], cast.payer, cast.province]) {
      const { result, databaseRequests } = await get(caller);
      expect(result).toMatchObject({ ok: true, data: { id: classId } });
      expect(databaseRequests).toBeLessThanOrEqual(2);
    }
    for (const caller of [stranger, other.clerk, other.administrator]) {
      expect((await get(caller)).result).toEqual(refused('class_not_found'));
    }
    expect((await get(cast.workers[0] ?? stranger)).result).toEqual(refused('role_not_allowed'));
  });

  it('lists newest first, by status, page by page, inside the caller’s scope', async () => {
    const page = await cloud.call('training.listClasses', {}, cast.clerk);
    if (!page.result.ok) throw new Error('refused');
    const cursor = page.result.data.nextCursor;
    const rest =
      cursor === undefined ? undefined : await cloud.must('training.listClasses', { cursor }, cast.clerk);
    const drafts = await cloud.must('training.listClasses', { status: 'draft' }, cast.administrator);
    const strangers = await cloud.must('training.listClasses', {}, stranger);
    const elsewhere = await cloud.must('training.listClasses', { cityCode: '3701' }, other.clerk);

    const ids = [...page.result.data.items, ...(rest?.items ?? [])].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe((await cloud.documents('classes')).length);
    expect(page.databaseRequests).toBeLessThanOrEqual(2);
    expect(drafts.items.length).toBeGreaterThan(0);
    expect(drafts.items.every(({ status }) => status === 'draft')).toBe(true);
    expect(strangers.items).toEqual([]);
    expect(elsewhere.items).toEqual([]);
  });
});

describe('training.countWaiting', () => {
  const count = (caller: Caller, cityCodes: CityCode[]) =>
    cloud.call('training.countWaiting', { cityCodes }, caller);

  it('counts what the clerk of the city has to do, in the one request that reads the account', async () => {
    const stored = await cloud.documents('classes');
    const isHere = (status: string) => (each: Record<string, unknown>) =>
      each['cityCode'] === '3701' && each['status'] === status;
    const toIssue = stored
      .filter(isHere('approved'))
      .filter(each => each['issueJobId'] === undefined && each['issueMode'] !== 'general');

    const { result, databaseRequests } = await count(cast.clerk, ['3701', '3702']);

    expect(toIssue.length).toBeGreaterThan(0);
    expect(databaseRequests).toBe(1);
    expect(result).toEqual(
      ok({
        items: [
          { command: 'approve', count: stored.filter(isHere('submitted')).length },
          { command: 'issue', count: toIssue.length },
        ],
      }),
    );
  });

  it('counts nothing of another city, and is refused to everybody else', async () => {
    const nothing = [
      { command: 'approve', count: 0 },
      { command: 'issue', count: 0 },
    ];

    expect((await count(other.clerk, ['3701'])).result).toEqual(ok({ items: nothing }));
    expect((await count(cast.payer, ['3701'])).result).toEqual(refused('role_not_allowed'));
    expect((await count(cast.clerk, [])).result).toEqual(refused('invalid_input'));
  });
});
