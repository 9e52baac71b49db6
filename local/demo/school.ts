import type { ProjectId } from '../../miniprogram/contract/projects';
import type { Acts } from '../stage/acts';
import { openidOf } from '../stage/caller';
import { eachOf } from '../stage/each';
import type { MadeUpPerson } from '../stage/made-up-people';
import type { CityOfficers } from '../stage/officers';
import { FINISHED, RUNNING, type Roster } from './cast';
import type { Timeline } from './timeline';

const CONCURRENCY = 8;
const PROJECT: ProjectId = 'skill_upgrade';

const CLASS_KINDS: Record<Roster, string> = { finished: '基础班', running: '提升班', planned: '技能班' };

interface SchoolFacts {
  institutionId: string;
  administrator: string;
  officers: CityOfficers;
  channelNumber: string;
  trades: readonly string[];
  templateId: string;
  /** Of the class that is over. */
  earlierTemplateId: string;
  /** 通用券 that the city gives to this school's people to come; at one school of a city. */
  generalTemplateId?: string;
  rosters: Record<Roster, readonly MadeUpPerson[]>;
}

type Application = 'first' | 'second' | 'third';

/** A class with its people and their vouchers, in the order of the roster. */
interface TaughtClass {
  id: string;
  people: readonly MadeUpPerson[];
  /** Vouchers of those who have claimed, by their place. */
  claimed: Map<number, { voucherId: string; code: string }>;
}

/** A school's two months: a class that is over and paid for in part, one that is running, and what comes next. */
export class School {
  private readonly batchIds = new Map<Application, string>();
  private first: TaughtClass | undefined;
  private second: TaughtClass | undefined;

  constructor(
    private readonly acts: Acts,
    private readonly facts: SchoolFacts,
    private readonly timeline: Timeline,
  ) {}

  async openFirstClass(): Promise<void> {
    this.first = await this.openClass(0, 'finished', { from: 42, to: 20 });
  }

  claimFirst(): Promise<void> {
    return this.claim(taught(this.first), 0, FINISHED.claimedTo);
  }

  useFirst(): Promise<void> {
    return this.use(taught(this.first), 0, FINISHED.usedTo);
  }

  async voidOne(): Promise<void> {
    const { voucherId } = claimedAt(taught(this.first), FINISHED.voided);
    const reason = '本人已离职，不再参加培训';
    await this.acts.must('voucher.void', { voucherId, reason }, this.facts.officers.clerk);
  }

  async applyFirst(): Promise<void> {
    const { administrator } = this.facts;
    const first = taught(this.first);
    await this.acts.must('training.finishClass', { classId: first.id }, administrator);
    await this.apply('第一期补贴申请', codesOf(first, 0, 3), 'first');
  }

  async review(...which: Application[]): Promise<void> {
    for (const batchId of this.batchesOf(which))
      await this.acts.must('settlement.reviewBatch', { batchId }, this.facts.officers.firstReviewer);
  }

  async approve(...which: Application[]): Promise<void> {
    for (const batchId of this.batchesOf(which))
      await this.acts.must('settlement.approveBatch', { batchId }, this.facts.officers.secondReviewer);
  }

  async payFirst(): Promise<void> {
    const { payer } = this.facts.officers;
    const [batchId = ''] = this.batchesOf(['first']);
    const { number, totalFen } = await this.acts.must('settlement.getBatch', { batchId }, payer);
    const payment = { paidFen: totalFen, paidOn: this.timeline.day(12), reference: `ZF-${number}` };
    const { jobId = '' } = await this.acts.must('settlement.payBatch', { batchId, ...payment }, payer);
    const job = await this.acts.must('settlement.getJob', { jobId }, payer);
    await this.acts.waitForJob(job, 'settlement.getJob', payer);
  }

  async openSecondClass(): Promise<void> {
    this.second = await this.openClass(2, 'running', { from: 10, to: -10 });
  }

  async claimSecond(): Promise<void> {
    await this.claim(taught(this.second), RUNNING.toUse, RUNNING.usedTo);
    await this.issueGeneral();
  }

  async applyNext(): Promise<void> {
    const first = taught(this.first);
    await this.apply('第二期补贴申请', codesOf(first, 3, 5), 'second');
    await this.apply('第三期补贴申请', codesOf(first, 5, 6), 'third');
    const batchId = await this.apply('第四期补贴申请', codesOf(first, 6, 7));
    const reason = '请在标题中写明班期名称后重新提交';
    await this.acts.must('settlement.returnBatch', { batchId, reason }, this.facts.officers.firstReviewer);
  }

  async useSecond(): Promise<void> {
    await this.use(taught(this.second), RUNNING.inBatch, RUNNING.inBatch + 1);
    await this.use(taught(this.second), RUNNING.usedFrom, RUNNING.usedTo);
  }

  async applyLast(): Promise<void> {
    const { inBatch } = RUNNING;
    const codes = [
      ...codesOf(taught(this.first), 7, 9),
      ...codesOf(taught(this.second), inBatch, inBatch + 1),
    ];
    await this.apply('第五期补贴申请', codes);
  }

  /** What is on the desks this morning: classes in each state, a draft application, the day's scans. */
  async bringToToday(): Promise<void> {
    const { administrator, officers } = this.facts;
    await this.draftClass(0);
    const submitted = await this.draftClass(1);
    const note = '学员都是夜班职工，课排在下午，请先电话联系教务。';
    await this.acts.must('training.noteClass', { classId: submitted, note }, administrator);
    await this.acts.must('training.submitClass', { classId: submitted }, administrator);
    const returned = await this.draftClass(4);
    await this.acts.must('training.submitClass', { classId: returned }, administrator);
    const reason = '培训地点请写到门牌号';
    await this.acts.must('training.returnClass', { classId: returned, reason }, officers.clerk);
    await this.acts.approveClass(await this.draftClass(3), administrator, officers.clerk);
    const second = taught(this.second);
    // Of three codes one was never verified: it is refused, and the phone says why.
    const codes = [
      ...codesOf(second, RUNNING.usedFrom, RUNNING.usedFrom + 2),
      ...codesOf(second, RUNNING.toUse, RUNNING.toUse + 1),
    ];
    await this.fill('第六期补贴申请', codes);
    await this.use(second, RUNNING.used, RUNNING.used + 1);
    await this.useByMistake(second);
  }

  /** Scans the code of somebody who learns elsewhere. */
  async refuse(other: School): Promise<void> {
    const theirs = taught(other.second);
    const { voucherId } = claimedAt(theirs, RUNNING.toUse);
    const qrText = await this.acts.showCode(voucherId, phoneAt(theirs, RUNNING.toUse));
    const answer = await this.acts.stage.caller.call(
      'verification.use',
      { qrText },
      { openid: this.facts.administrator },
    );
    if (answer.ok) throw new Error("another school's voucher was accepted");
  }

  private async openClass(
    trade: number,
    roster: Roster,
    { from, to }: { from: number; to: number },
  ): Promise<TaughtClass> {
    const { administrator, officers, rosters } = this.facts;
    const id = await this.draftClass(trade, { roster, from, to });
    await this.acts.approveClass(id, administrator, officers.clerk);
    await this.acts.issue(id, officers.clerk);
    await this.acts.must('training.startClass', { classId: id }, administrator);
    return { id, people: rosters[roster], claimed: new Map() };
  }

  private async draftClass(
    trade: number,
    { roster, from, to }: { roster: Roster; from: number; to: number } = {
      roster: 'planned',
      from: -7,
      to: -27,
    },
  ): Promise<string> {
    const { institutionId, trades, templateId, earlierTemplateId, administrator, rosters } = this.facts;
    const fields = {
      institutionId,
      templateId: roster === 'finished' ? earlierTemplateId : templateId,
      name: `${trades[trade]}${CLASS_KINDS[roster]}`,
      startsOn: this.timeline.day(from),
      endsOn: this.timeline.day(to),
    };
    const { id } = await this.acts.createClass(fields, administrator);
    await this.acts.importRoster({ classId: id }, rosters[roster], administrator);
    return id;
  }

  private claim({ id, people, claimed }: TaughtClass, from: number, to: number): Promise<void> {
    const { channelNumber } = this.facts;
    return eachOf(people.slice(from, to), CONCURRENCY, async (person, position) => {
      const openid = await this.acts.signIn(person);
      const { id: voucherId, code } = await this.acts.findMine(id, openid);
      await this.acts.must('voucher.claim', { voucherId, channelNumber }, openid);
      claimed.set(from + position, { voucherId, code });
    });
  }

  private use(taughtClass: TaughtClass, from: number, to: number): Promise<void> {
    return eachOf(placesFrom(from, to), CONCURRENCY, async place => {
      const { voucherId } = claimedAt(taughtClass, place);
      await this.acts.use(voucherId, phoneAt(taughtClass, place), this.facts.administrator);
    });
  }

  private async useByMistake(taughtClass: TaughtClass): Promise<void> {
    await this.use(taughtClass, RUNNING.mistaken, RUNNING.mistaken + 1);
    const { voucherId } = claimedAt(taughtClass, RUNNING.mistaken);
    const reason = '扫错了人';
    await this.acts.must('verification.reverse', { voucherId, reason }, this.facts.administrator);
  }

  /** 通用券 for the people to come, of whom the first has claimed. */
  private async issueGeneral(): Promise<void> {
    const { generalTemplateId: templateId, rosters, officers, channelNumber } = this.facts;
    const [first] = rosters.planned;
    if (templateId === undefined || !first) return;
    await this.acts.importRoster({ templateId }, rosters.planned, officers.clerk);
    const job = await this.acts.must('voucher.issue', { templateId }, officers.clerk);
    await this.acts.waitForJob(job, 'voucher.getJob', officers.clerk);
    const openid = await this.acts.signIn(first);
    const [mine] = (await this.acts.must('voucher.listMine', {}, openid)).items;
    if (mine) await this.acts.must('voucher.claim', { voucherId: mine.id, channelNumber }, openid);
  }

  private async apply(title: string, codes: readonly string[], as?: Application): Promise<string> {
    const batchId = await this.fill(title, codes);
    await this.acts.must('settlement.submitBatch', { batchId }, this.facts.administrator);
    if (as) this.batchIds.set(as, batchId);
    return batchId;
  }

  private async fill(title: string, codes: readonly string[]): Promise<string> {
    const { institutionId, administrator } = this.facts;
    const application = { institutionId, projectId: PROJECT, title };
    return (await this.acts.fillBatch(application, codes, administrator)).batchId;
  }

  private batchesOf(which: readonly Application[]): string[] {
    return which.map(application => this.batchIds.get(application) ?? '');
  }
}

function taught(given: TaughtClass | undefined): TaughtClass {
  if (!given) throw new Error('the class has not begun');
  return given;
}

function claimedAt({ claimed }: TaughtClass, place: number): { voucherId: string; code: string } {
  const voucher = claimed.get(place);
  if (!voucher) throw new Error('nobody has claimed at this place of the roster');
  return voucher;
}

/** Of somebody who has claimed: workers stay signed in for a month. */
function phoneAt({ people }: TaughtClass, place: number): string {
  const person = people[place];
  if (!person) throw new Error('nobody has this place on the roster');
  return openidOf(person);
}

const placesFrom = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

const codesOf = (taughtClass: TaughtClass, from: number, to: number): string[] =>
  placesFrom(from, to).map(place => claimedAt(taughtClass, place).code);
