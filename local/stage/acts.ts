import { stringify } from 'csv-stringify/sync';
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import { completeUscc } from '../../cloudfunctions/shared/domain/uscc';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { Plain } from '../../miniprogram/contract/brand';
import { timesFen, toFen, type Fen } from '../../miniprogram/contract/fen';
import type { UploadPlace } from '../../miniprogram/contract/imports';
import type { JobView } from '../../miniprogram/contract/jobs';
import type {
  PlainInputOf,
  OperationName,
  OutputOf,
  RosterOwner,
} from '../../miniprogram/contract/operations';
import type { TemplateFields } from '../../miniprogram/contract/templates';
import type { ClassFields } from '../../miniprogram/contract/training';
import type { VoucherReceipt, VoucherStatus, VoucherView } from '../../miniprogram/contract/vouchers';
import { enterNetwork, type Entrants } from './enter-network';
import { runTimer } from './run-timer';
import type { MadeUpPerson } from './made-up-people';
import type { Stage } from './stage';

/** Fires the functions' timer once; the loop counts what that costs. */
export type FireTimer = () => Promise<unknown>;

const JOB_ROUNDS_MAX = 2_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What staff, schools and workers do in this system, each as the few calls that their screens make. */
export class Acts {
  constructor(
    readonly stage: Stage,
    private readonly fireTimer: FireTimer = () => runTimer(stage),
  ) {}

  must<Name extends OperationName>(
    name: Name,
    input: PlainInputOf<Name>,
    openid: string,
  ): Promise<OutputOf<Name>> {
    return this.stage.caller.must(name, input, { openid });
  }

  signIn(person: MadeUpPerson): Promise<string> {
    return this.stage.caller.signIn(this.stage.essc, person);
  }

  /** The city's network entry (入网申请), which opens its channel; and a channel that stays closed. */
  async addChannels(cityCode: CityCode, entrants: Entrants): Promise<{ open: string; closed: string }> {
    const open = `${cityCode}000001`;
    const closed = `${cityCode}000002`;
    const { caller, cloud } = this.stage;
    const player = {
      must: this.must.bind(this),
      upload: caller.upload.bind(caller),
      nowMs: () => Date.now() + cloud.clockOffsetMs,
    };
    const applicationId = await enterNetwork(player, cityCode, entrants);
    const { approvalJobId: jobId = '' } = await this.must(
      'entry.getApplication',
      { applicationId },
      entrants.province,
    );
    const job = await this.must('entry.getJob', { jobId }, entrants.province);
    await this.waitForJob(job, 'entry.getJob', entrants.province);
    const channel = { cityCode, kind: 'official_account', issuing: true, name: '银行服务号' } as const;
    await this.must('entry.addChannel', { ...channel, channelNumber: closed }, entrants.clerk);
    return { open, closed };
  }

  /** An institution with its administrator. @param number makes its USCC. */
  async addInstitution(
    { name, cityCode, number }: { name: string; cityCode: CityCode; number: number },
    administrator: MadeUpPerson,
    clerk: string,
  ): Promise<{ id: string; administrator: string }> {
    const uscc = completeUscc(`91${cityCode}00MA3LP${String(number).padStart(4, '0')}`);
    const { id } = await this.must('training.addInstitution', { name, uscc, cityCode }, clerk);
    const person = { name: administrator.name, idNumber: administrator.idNumber };
    await this.must('training.addAdministrator', { institutionId: id, ...person }, clerk);
    return { id, administrator: await this.signIn(administrator) };
  }

  async publishTemplate(fields: TemplateFields, clerk: string): Promise<string> {
    const { id } = await this.must('voucher.createTemplate', fields, clerk);
    await this.must('voucher.publishTemplate', { templateId: id }, clerk);
    return id;
  }

  createClass(
    given: Plain<Pick<ClassFields, 'templateId' | 'name'> & Partial<ClassFields>> & { institutionId: string },
    administrator: string,
  ): Promise<OutputOf<'training.createClass'>> {
    const nowMs = Date.now() + this.stage.cloud.clockOffsetMs;
    const day = (ahead: number) => dayOf(nowMs + ahead * DAY_MS);
    const usual = { place: '实训楼一层', startsOn: day(7), endsOn: day(27), hours: 40 };
    return this.must('training.createClass', { ...usual, ...given }, administrator);
  }

  /** People of a class, or those who get a 通用券 of a template. @param by the administrator, or the city's clerk */
  async importRoster(owner: Plain<RosterOwner>, people: readonly MadeUpPerson[], by: string) {
    const fileId = await this.uploadRoster(owner, rosterCsv(people), by);
    return this.must('training.importRoster', { ...owner, fileId }, by);
  }

  /** A file that can be imported into this roster. @returns its fileId. */
  async uploadRoster(owner: Plain<RosterOwner>, bytes: Uint8Array, by: string): Promise<string> {
    return this.upload(await this.must('training.startUpload', owner, by), bytes, by);
  }

  /** The same for a batch. */
  async uploadCodes(batchId: string, codes: readonly string[], by: string): Promise<string> {
    const bytes = Buffer.from(stringify([['券码'], ...codes.map(code => [code])]));
    return this.upload(await this.must('settlement.startUpload', { batchId }, by), bytes, by);
  }

  /** Adds institutions of a city from a table: name and USCC of each. */
  async importInstitutions(
    cityCode: CityCode,
    institutions: readonly { name: string; uscc: string }[],
    clerk: string,
  ): Promise<JobView> {
    const header = ['机构名称', '统一社会信用代码', '可开展项目', '管理员姓名', '管理员身份证号'];
    const rows = institutions.map(({ name, uscc }) => [name, uscc, '', '', '']);
    const place = await this.must('training.startInstitutionUpload', { cityCode }, clerk);
    const fileId = await this.upload(place, Buffer.from(stringify([header, ...rows])), clerk);
    return this.must('training.importInstitutions', { cityCode, fileId }, clerk);
  }

  private async upload({ cloudPath, fileId }: UploadPlace, bytes: Uint8Array, by: string): Promise<string> {
    await this.stage.caller.upload(by, cloudPath, bytes);
    return fileId;
  }

  async approveClass(classId: string, administrator: string, clerk: string): Promise<void> {
    await this.must('training.submitClass', { classId }, administrator);
    await this.must('training.approveClass', { classId }, clerk);
  }

  /** Issues the vouchers of a class and waits for the job. */
  async issue(classId: string, clerk: string): Promise<JobView> {
    const started = await this.must('voucher.issue', { classId }, clerk);
    const job = await this.waitForJob(started, 'voucher.getJob', clerk);
    if (this.stage.ministry) await this.waitUntilMade(classId, clerk);
    return job;
  }

  /** The ministry's platform makes the vouchers after they were issued here. @throws Error when it does not end. */
  private async waitUntilMade(classId: string, clerk: string): Promise<void> {
    for (let round = 0; round < JOB_ROUNDS_MAX; round++) {
      const { items } = await this.must('voucher.listVouchers', { classId, status: 'making' }, clerk);
      if (items.length === 0) return;
      await this.fireTimer();
    }
    throw new Error('the platform does not make the vouchers of a class');
  }

  /** Polls a job as a screen does, while the timer works on it. @throws Error when it fails or does not end. */
  async waitForJob(
    started: JobView,
    getJob: 'voucher.getJob' | 'settlement.getJob' | 'entry.getJob',
    openid: string,
  ): Promise<JobView> {
    let job = started;
    for (let round = 0; job.status === 'running'; round++) {
      if (round > JOB_ROUNDS_MAX) throw new Error(`job ${job.kind} does not end`);
      await this.fireTimer();
      job = await this.must(getJob, { jobId: job.id }, openid);
    }
    if (job.status === 'failed') throw new Error(`job ${job.kind} failed: ${job.failureCode}`);
    return job;
  }

  /** The worker's voucher of a class. */
  async findMine(classId: string, openid: string): Promise<VoucherView> {
    const { items } = await this.must('voucher.listMine', {}, openid);
    const mine = items.find(voucher => voucher.classId === classId);
    if (!mine) throw new Error('no voucher of that class');
    return mine;
  }

  async showCode(voucherId: string, openid: string): Promise<string> {
    return (await this.must('voucher.showCode', { voucherId }, openid)).qrText;
  }

  async use(voucherId: string, openid: string, administrator: string): Promise<VoucherReceipt> {
    return this.must('verification.use', { qrText: await this.showCode(voucherId, openid) }, administrator);
  }

  /** Vouchers of a class as staff see them, page by page; at most `countMax` where only some are wanted. */
  async listVouchers(
    input: { classId: string; status?: VoucherStatus },
    openid: string,
    countMax = Infinity,
  ): Promise<VoucherView[]> {
    const found: VoucherView[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.must('voucher.listVouchers', { ...input, ...(cursor && { cursor }) }, openid);
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined && found.length < countMax);
    return found.slice(0, countMax);
  }

  /** A settlement batch in draft with the given codes in it. */
  async fillBatch(
    { institutionId, projectId, title }: PlainInputOf<'settlement.createBatch'>,
    codes: readonly string[],
    administrator: string,
  ): Promise<{ batchId: string; job: JobView }> {
    const { id: batchId } = await this.must(
      'settlement.createBatch',
      { institutionId, projectId, title },
      administrator,
    );
    const fileId = await this.uploadCodes(batchId, codes, administrator);
    const job = await this.must('settlement.importCodes', { batchId, fileId }, administrator);
    return { batchId, job: await this.waitForJob(job, 'settlement.getJob', administrator) };
  }
}

const rosterCsv = (people: readonly MadeUpPerson[]): Uint8Array =>
  Buffer.from(
    stringify([
      ['姓名', '身份证号', '手机号', '劳动合同', '企业养老保险'],
      ...people.map(({ name, idNumber, phone }) => [name, idNumber, phone, '是', '是']),
    ]),
  );

/** A usual template: 定向券 with a face value, for insured employees. */
export const usualTemplate = (
  cityCode: CityCode,
  {
    amountFen = toFen(120_000),
    quota = 10_000,
    ...given
  }: Partial<TemplateFields> & { amountFen?: Fen } = {},
): TemplateFields => ({
  cityCode,
  name: '岗位技能提升培训券',
  projectId: 'skill_upgrade',
  issueMode: 'targeted',
  functionMode: 'face_value',
  amountFen,
  quota,
  budgetFen: timesFen(amountFen, quota),
  claimWindowDays: 30,
  validDays: 90,
  audience: [{ kind: 'labour_contract' }, { kind: 'enterprise_pension' }],
  institutionIds: [],
  ...given,
});
