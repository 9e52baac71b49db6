import * as v from 'valibot';

// Every message is ours and fixed: valibot's own messages quote the value at fault, which may be a key.
const text = (expected: string) =>
  v.pipe(v.string(expected), v.nonEmpty(expected), v.maxLength(500, expected));
const pattern = (regex: RegExp, expected: string) => v.pipe(v.string(expected), v.regex(regex, expected));
const hexOf = (bytes: number) =>
  pattern(new RegExp(`^[0-9a-fA-F]{${bytes * 2}}$`), `must be ${bytes} bytes as ${bytes * 2} hex digits`);
const longKey = () => pattern(/^([0-9a-fA-F]{2}){32,64}$/, 'must be 32 to 64 bytes as hex digits');
const name = () => pattern(/^[A-Za-z0-9_.-]{1,64}$/, 'must be 1 to 64 letters, digits, _ . -');
const tenDigits = () => pattern(/^\d{10}$/, 'must be ten digits');
const list = <S extends v.GenericSchema>(item: S) =>
  v.pipe(v.array(item, 'must be a list'), v.maxLength(50, 'must have at most 50 entries'));

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

function isGatewayUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username || url.password || url.search || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname));
}

const URL_EXPECTED = 'must be an https address without user, query or fragment (http only on this machine)';

/**
 * Names of the signed headers. The defaults are those of the service bus that public client code shows;
 * the official specification is not public, so all of them can be set.
 */
const Headers = v.strictObject({
  apiName: v.optional(name(), '_api_name'),
  apiVersion: v.optional(name(), '_api_version'),
  accessKey: v.optional(name(), '_api_access_key'),
  timestamp: v.optional(name(), '_api_timestamp'),
  nonce: v.optional(name(), '_api_nonce'),
  signature: v.optional(name(), '_api_signature'),
});

/** What a call needs that is signed and sealed in this way, whichever gateway it goes to. */
const TRANSPORT_ENTRIES = {
  url: v.pipe(v.string(URL_EXPECTED), v.check(isGatewayUrl, URL_EXPECTED)),
  accessKey: text('must be a non-empty text'),
  /** The three keys must differ; each is secret. */
  keys: v.strictObject({
    encryptionKeyHex: hexOf(16),
    envelopeMacKeyHex: longKey(),
    signatureKeyHex: longKey(),
  }),
  headers: v.optional(Headers, {}),
  /** Answers by which the gateway says that it did nothing and the same call may be repeated. Empty until confirmed. */
  repeatable: v.optional(
    v.strictObject({
      msgCodes: v.optional(list(text('must be a list of non-empty texts')), []),
      httpStatuses: v.optional(
        list(
          v.pipe(
            v.number('must be numbers'),
            v.integer('must be whole numbers'),
            v.minValue(400, 'must be 400 or more'),
          ),
        ),
        [],
      ),
    }),
    {},
  ),
  /** Longest wait for one attempt, milliseconds. */
  attemptTimeoutMs: v.optional(
    v.pipe(
      v.number('must be a number of milliseconds'),
      v.integer('must be whole milliseconds'),
      v.minValue(10, 'must be at least 10'),
      v.maxValue(4_000, 'must be at most 4000'),
    ),
    4_000,
  ),
};

const EsscGatewayConfigSchema = v.strictObject({
  ...TRANSPORT_ENTRIES,
  /** Ten digits each: the channel used when a sign-in names none, and the access number. */
  channelNumber: tenDigits(),
  accessNumber: tenDigits(),
  apis: v.strictObject({
    /** Call that opens a sign-in. Absent: the gateway needs none and the launch below is enough. */
    startSignIn: v.exactOptional(name()),
    exchangeAuthCode: name(),
  }),
  /** Our names → the gateway's, in what we send. */
  requestFields: v.strictObject({ channelNumber: name(), accessNumber: name(), authCode: name() }),
  /** Our names → the gateway's, in what it answers (aac002, aac003, aab301, aaz502 …). */
  replyFields: v.strictObject({
    idNumber: name(),
    name: name(),
    cardState: name(),
    cityCode: v.exactOptional(name()),
    phone: v.exactOptional(name()),
    /** What the start call answers and the e-SSC mini-program must be given. Needed with apis.startSignIn. */
    launchTicket: v.exactOptional(name()),
  }),
  /** Values of the card state that mean a usable card. Every other value is a card that is not valid. */
  validCardStates: v.pipe(
    list(text('must be a list of non-empty texts')),
    v.minLength(1, 'must not be empty'),
  ),
  /** msgCode values that mean: this auth code is unknown, used or expired. */
  refusedMsgCodes: list(text('must be a list of non-empty texts')),
  /** How the app opens the e-SSC mini-program. */
  launch: v.strictObject({
    appId: text('must be a non-empty text'),
    path: text('must be a non-empty text'),
    /** Given to the mini-program as they are. */
    extraData: v.optional(v.record(name(), v.string('must be texts'), 'must be an object of texts'), {}),
    /** Keys of extraData under which the channel number and the launch ticket travel. */
    channelNumberKey: name(),
    launchTicketKey: v.exactOptional(name()),
  }),
});

/** Everything about the real gateway that is secret, differs by province or is not public. */
export type EsscGatewayConfig = v.InferOutput<typeof EsscGatewayConfigSchema>;

const TransportSchema = v.strictObject(TRANSPORT_ENTRIES);
/** The part of it that carries any call. */
export type TransportConfig = v.InferOutput<typeof TransportSchema>;

/**
 * Reads the gateway's configuration.
 * @throws Error naming every wrong key and what is expected there; never a value, for values are secrets.
 */
export function parseEsscGatewayConfig(json: string): EsscGatewayConfig {
  const config = parseConfig(json, EsscGatewayConfigSchema, ESSC);
  const problems = [...listKeysAlike(config), ...listContradictions(config)];
  if (problems.length > 0) throw configError(ESSC, problems);
  return config;
}

/** The same for a gateway of which nothing but the way to it is configured. */
export function parseTransportConfig(json: string, gateway: string): TransportConfig {
  const config = parseConfig(json, TransportSchema, gateway);
  const problems = listKeysAlike(config);
  if (problems.length > 0) throw configError(gateway, problems);
  return config;
}

const ESSC = 'e-SSC';

function parseConfig<S extends v.GenericSchema>(json: string, schema: S, gateway: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, parseJson(json, gateway));
  if (!parsed.success) throw configError(gateway, parsed.issues.map(describeIssue));
  return parsed.output;
}

function parseJson(json: string, gateway: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The parser's own message quotes the text, keys included.
    throw configError(gateway, ['not valid JSON']);
  }
}

const configError = (gateway: string, problems: string[]): Error =>
  new Error(`${gateway} gateway configuration: ${problems.join('; ')}`);

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? '(whole)';
  if (issue.type !== 'strict_object') return `${path}: ${issue.message}`;
  if (issue.expected === 'never') return `${path}: unknown key`;
  return issue.expected === 'Object' ? `${path}: must be an object` : `${path}: missing`;
}

function listKeysAlike({ keys }: TransportConfig): string[] {
  const { encryptionKeyHex, envelopeMacKeyHex, signatureKeyHex } = keys;
  const distinct = new Set(
    [encryptionKeyHex, envelopeMacKeyHex, signatureKeyHex].map(key => key.toLowerCase()),
  );
  return distinct.size < 3 ? ['keys: must be three different keys'] : [];
}

function listContradictions(config: EsscGatewayConfig): string[] {
  const problems: string[] = [];
  if (config.apis.startSignIn !== undefined) {
    if (!config.replyFields.launchTicket)
      problems.push('replyFields.launchTicket: needed with apis.startSignIn');
    if (!config.launch.launchTicketKey) problems.push('launch.launchTicketKey: needed with apis.startSignIn');
  }
  return problems;
}
