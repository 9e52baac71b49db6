import { randomBytes, randomUUID } from 'node:crypto';
import type { PersonKey, VoucherId } from '../../../miniprogram/contract/ids';
import {
  HOLD_MS,
  judgeAnswer,
  messageIdOf,
  nextMessage,
  restNotes,
  statusThere,
  type Answer,
  type Message,
} from '../domain/delivery';
import { codeOf, type Voucher } from '../domain/voucher';
import {
  createMinistryGateway,
  parseMinistryConfig,
  type MinistryGateway,
  type PlatformMessage,
} from '../gateways/ministry-gateway';
import type { ToldCommand } from '../gateways/ministry-mapping';
import { log, logError } from '../runtime/log';
import { decryptText } from '../runtime/secrets';
import { codeSource } from '../store/code-source';
import { people, type Person } from '../store/people';
import { clearStrayMarks, holdDue, saveNotes, saveStepOrCollision, vouchers } from '../store/vouchers';

/** Vouchers that are held at once; as many as can be told of before the hold is over. */
const HELD_AT_ONCE = 64;
/** Messages under way at the same time, each of another voucher. */
const SENDERS = 16;
/** A voucher that moves on that often while its answer is judged is left to the next run. */
const ATTEMPTS = 5;
/** What one message may still take when the time is nearly over. */
const SEND_MS = 5_000;

/** What the relay needs of the world around it. */
export interface RelayEdge {
  gateway: MinistryGateway;
  nowMs(): number;
  /** From 0 to 1. */
  random(): number;
}

/**
 * Tells the ministry's platform of what has happened, where it makes the codes: the messages of a voucher one after the other,
 * many vouchers side by side, each message until it has arrived. @returns how many messages did.
 */
export async function relayMessages(deadlineMs: number): Promise<number> {
  if (codeSource() === 'standalone') return 0;
  return relay(deadlineMs, edgeUntil(deadlineMs));
}

let config: ReturnType<typeof parseMinistryConfig> | undefined;

function edgeUntil(deadlineMs: number): RelayEdge {
  config ??= parseMinistryConfig(process.env['MINISTRY_GATEWAY'] ?? '');
  const gateway = createMinistryGateway(config, {
    nowMs: Date.now,
    randomHex: bytes => randomBytes(bytes).toString('hex'),
    fetch,
    deadlineMs: () => deadlineMs,
    report: failure => log('ministry_failure', { ...failure }),
  });
  return { gateway, nowMs: Date.now, random: Math.random };
}

/** The same with a world of one's own. */
export async function relay(deadlineMs: number, edge: RelayEdge): Promise<number> {
  await clearStrayMarks();
  let delivered = 0;
  while (edge.nowMs() + SEND_MS < deadlineMs) {
    const token = randomUUID();
    const nowMs = edge.nowMs();
    const held = await holdDue({ nowMs, untilMs: nowMs + HOLD_MS, token, limit: HELD_AT_ONCE });
    if (held.length === 0) break;
    const run = new Run(edge, token, await personsOf(held));
    delivered += await run.deliverAll(held, Math.min(deadlineMs, nowMs + HOLD_MS) - SEND_MS);
  }
  return delivered;
}

/** The platform makes a voucher for a person, whom no voucher names. */
async function personsOf(held: readonly Voucher[]): Promise<ReadonlyMap<PersonKey, Person>> {
  const keys = held.flatMap(voucher =>
    nextMessage(voucher)?.entry.command === 'order' ? [voucher.personKey] : [],
  );
  if (keys.length === 0) return new Map();
  const found = await people.findMany([...new Set(keys)]);
  return new Map(found.map(person => [person.id, person]));
}

/** The work on the vouchers that are held by one token. */
class Run {
  constructor(
    private readonly edge: RelayEdge,
    private readonly token: string,
    private readonly persons: ReadonlyMap<PersonKey, Person>,
  ) {}

  /** @returns how many messages arrived before the time was over; what is still held then is let go by the clock. */
  async deliverAll(held: readonly Voucher[], untilMs: number): Promise<number> {
    const waiting = [...held];
    let delivered = 0;
    const sendOn = async (): Promise<void> => {
      for (let voucher = waiting.shift(); voucher; voucher = waiting.shift()) {
        if (this.edge.nowMs() >= untilMs) return;
        if (await this.deliverSafely(voucher)) delivered++;
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sendOn));
    return delivered;
  }

  /** One voucher that fails must not keep the others from being told of. */
  private async deliverSafely(voucher: Voucher): Promise<boolean> {
    try {
      return await this.deliver(voucher);
    } catch (error) {
      logError('message_failed', error, { voucher: voucher.id });
      return false;
    }
  }

  private async deliver(voucher: Voucher): Promise<boolean> {
    const rest = restNotes(voucher);
    const message = nextMessage(voucher);
    if (rest || !message) {
      await saveNotes(voucher, rest ?? {});
      return false;
    }
    const answer = await this.send(voucher, message);
    const isSaved = await this.keep(voucher, message, answer);
    return isSaved && answer.kind === 'accepted';
  }

  private async send(voucher: Voucher, message: Message): Promise<Answer> {
    const person = this.persons.get(voucher.personKey);
    if (message.entry.command === 'order' && !person) return { kind: 'failed', reason: 'person_unknown' };
    return this.edge.gateway.send(toPlatformMessage(voucher, message, person));
  }

  /** Judges the answer by what the voucher has become, which may have taken further steps meanwhile. */
  private async keep(sent: Voucher, message: Message, given: Answer): Promise<boolean> {
    let voucher: Voucher | undefined = sent;
    let answer = given;
    for (let attempt = 0; voucher && attempt < ATTEMPTS; attempt++) {
      const { edge, token } = this;
      const context = { nowMs: edge.nowMs(), random: edge.random(), token };
      const answered = judgeAnswer(voucher, message, answer, context);
      if (!answered) return false;
      const saved = answered.decision
        ? await saveStepOrCollision(voucher, answered.decision, answered.notes)
        : await saveNotes(voucher, answered.notes);
      if (saved === true) return true;
      // A code that another voucher has already: the platform's mistake, for people to see.
      if (saved === 'collision') answer = { kind: 'failed', reason: 'code_taken' };
      else voucher = await vouchers.find(sent.id);
    }
    return false;
  }
}

/** An entry of the history in the words of the gateway. */
export function toPlatformMessage(
  voucher: Voucher,
  message: Message,
  person: Pick<Person, 'idNumberCipher' | 'nameCipher'> | undefined,
): PlatformMessage {
  const { entry } = message;
  const code = codeOf(voucher);
  const classId = ('classId' in entry ? entry.classId : undefined) ?? voucher.classId;
  const isOrder = entry.command === 'order';
  return {
    messageId: messageIdOf(voucher, message),
    // The relay asks for none of the others.
    command: entry.command as ToldCommand,
    status: statusThere(entry),
    facts: {
      voucherId: voucher.id satisfies VoucherId,
      atMs: String(entry.atMs),
      cityCode: voucher.cityCode,
      templateId: voucher.templateId,
      ...(code !== undefined && { code }),
      ...(classId !== undefined && { classId }),
      ...(entry.by.institutionId !== undefined && { institutionId: entry.by.institutionId }),
      ...('channelNumber' in entry && { channelNumber: entry.channelNumber }),
      ...('reason' in entry && { reason: entry.reason }),
      ...(isOrder && {
        projectId: voucher.projectId,
        issueMode: voucher.issueMode,
        functionMode: voucher.functionMode,
        amountFen: String(voucher.amountFen),
        ...(voucher.institutionId !== undefined && { institutionId: voucher.institutionId }),
        ...(person && {
          personName: decryptText(person.nameCipher),
          idNumber: decryptText(person.idNumberCipher),
        }),
      }),
    },
  };
}
