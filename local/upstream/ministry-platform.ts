import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { MINISTRY_MAPPING, type ToldCommand } from '../../cloudfunctions/shared/gateways/ministry-mapping';
import { makeVoucherCode } from '../../cloudfunctions/shared/domain/voucher-code';
import { isCityCode } from '../../miniprogram/contract/areas';
import type { VoucherStatus } from '../../miniprogram/contract/vouchers';

/** A voucher as the simulated platform holds it. */
export interface PlatformVoucher {
  code: string;
  status: VoucherStatus;
}

type Fields = Record<string, string>;

/** A message that was carried out, as a line of the journal. */
interface Done {
  messageId: string;
  voucherId: string;
  voucher: PlatformVoucher;
}

/** From which states the platform lets a step be taken. A voucher may be withdrawn while nobody has paid for it. */
const FROM: Record<Exclude<ToldCommand, 'order'>, readonly VoucherStatus[]> = {
  claim: ['issued'],
  use: ['claimed'],
  reverse: ['used'],
  batch: ['used'],
  unbatch: ['batched'],
  settle: ['batched'],
  void: ['issued', 'claimed'],
  concede: ['issued', 'claimed', 'used'],
  expire: ['issued', 'claimed'],
};

const { accepted, apis, refusals, replyFields, requestFields, statuses } = MINISTRY_MAPPING;
const [DONE = ''] = accepted;
const resultOf = (reason: string): string =>
  Object.entries(refusals).find(([, known]) => known === reason)?.[0] ?? '9999';

/** The memory and the rules of a simulated ministry's platform. A message that was carried out gets its first answer again. */
export class MinistryPlatform {
  readonly vouchers = new Map<string, PlatformVoucher>();
  readonly #done = new Map<string, PlatformVoucher>();
  /** When each message was carried out, by its id: milliseconds since 1970. */
  readonly doneAtMs = new Map<string, number>();
  readonly #refused: { api: string; result: string }[] = [];
  #made = 0;
  #nextCode: string | undefined;

  /** @param file what it remembers from start to start; in memory alone without one. */
  constructor(
    private readonly nowMs: () => number,
    private readonly file?: string,
  ) {
    if (file === undefined || !existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    for (const line of lines) this.#remember(JSON.parse(line) as Done);
  }

  /** The next message of this step is refused. */
  refuseNext(command: ToldCommand, result: string): void {
    this.#refused.push({ api: apis[command], result });
  }

  /** The next voucher gets this code, be it another's. */
  giveCodeNext(code: string): void {
    this.#nextCode = code;
  }

  /** Does what a message asks, once. @returns undefined for an interface that does not exist. */
  handle(api: string, fields: Readonly<Record<string, unknown>>): Fields | undefined {
    if (!Object.values(apis).includes(api)) return undefined;
    const messageId = textIn(fields, requestFields.messageId);
    const earlier = this.#done.get(messageId);
    if (earlier) return toAnswer(messageId, earlier);
    const voucherId = textIn(fields, requestFields.voucherId);
    const moved = this.#takeRefusal(api) ?? this.#move(api, fields, voucherId);
    // What was refused was not done: it is judged anew when it comes again.
    if (typeof moved === 'string') return { [replyFields.messageId]: messageId, [replyFields.result]: moved };
    const done = { messageId, voucherId, voucher: moved };
    this.#remember(done);
    this.doneAtMs.set(messageId, this.nowMs());
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(done)}\n`);
    return toAnswer(messageId, moved);
  }

  #remember({ messageId, voucherId, voucher }: Done): void {
    this.#done.set(messageId, voucher);
    if (!this.vouchers.has(voucherId)) this.#made++;
    this.vouchers.set(voucherId, voucher);
  }

  #takeRefusal(api: string): string | undefined {
    const at = this.#refused.findIndex(refusal => refusal.api === api);
    return at < 0 ? undefined : this.#refused.splice(at, 1)[0]?.result;
  }

  /** @returns the voucher as it then is, or the result that refuses. */
  #move(api: string, fields: Readonly<Record<string, unknown>>, voucherId: string): PlatformVoucher | string {
    const held = this.vouchers.get(voucherId);
    if (api === apis.order) return this.#make(fields, held);
    if (!held || textIn(fields, requestFields.code) !== held.code) return resultOf('voucher_unknown');
    const wanted = textIn(fields, requestFields.status);
    const steps = Object.entries(FROM).filter(([command]) => apis[command as ToldCommand] === api);
    const status = Object.entries(statuses).find(([, text]) => text === wanted)?.[0] as
      VoucherStatus | undefined;
    if (status === undefined || !steps.some(([, from]) => from.includes(held.status)))
      return resultOf('state_differs');
    return { ...held, status };
  }

  #make(
    fields: Readonly<Record<string, unknown>>,
    held: PlatformVoucher | undefined,
  ): PlatformVoucher | string {
    if (held) return resultOf('state_differs');
    const cityCode = textIn(fields, requestFields.cityCode);
    const isWhole = /^\d{17}[\dX]$/.test(textIn(fields, requestFields.idNumber));
    if (!isWhole || textIn(fields, requestFields.personName) === '') return resultOf('person_refused');
    if (!isCityCode(cityCode)) return '9999';
    const random = String(this.#made + 1).padStart(10, '0');
    const year = new Date(this.nowMs()).getUTCFullYear();
    const code = this.#nextCode ?? makeVoucherCode({ cityCode, year, random });
    this.#nextCode = undefined;
    return { code, status: 'issued' };
  }
}

const toAnswer = (messageId: string, { code, status }: PlatformVoucher): Fields => ({
  [replyFields.messageId]: messageId,
  [replyFields.result]: DONE,
  [replyFields.code]: code,
  [replyFields.status]: statuses[status],
});

const textIn = (fields: Readonly<Record<string, unknown>>, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};
