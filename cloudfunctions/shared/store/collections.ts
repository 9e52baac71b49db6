/** Field and direction of one key of an index, as the database takes it. */
export type IndexKey = readonly [path: string, direction: 1 | -1];

export interface IndexDefinition {
  name: string;
  keys: readonly IndexKey[];
  unique?: boolean;
  /** Leave documents without the field out, so that a missing field never collides. */
  sparse?: boolean;
}

interface Index<Keys extends readonly string[]> {
  keys: Keys;
  unique?: true;
  sparse?: true;
}

const index = <const Keys extends readonly [string, ...string[]]>(...keys: Keys): Index<Keys> => ({ keys });
const unique = <const Keys extends readonly [string, ...string[]]>(...keys: Keys): Index<Keys> => ({
  keys,
  unique: true,
});
/** What is unique as soon as it is there. */
const sparseUnique = <const Keys extends readonly [string, ...string[]]>(...keys: Keys): Index<Keys> => ({
  keys,
  unique: true,
  sparse: true,
});
const sparse = <const Keys extends readonly [string, ...string[]]>(...keys: Keys): Index<Keys> => ({
  keys,
  sparse: true,
});

/**
 * Every collection with its indexes. Clients reach none of them (ADMINONLY); functions do.
 * Applied to the local cloud at start and to CloudBase by the deployment: nothing else creates a collection.
 */
export const COLLECTIONS = {
  /** One per person, by personKey: what the e-SSC or a roster told, encrypted. */
  people: [],
  /** One per WeChat user (openid): who signed in, roles, recent requests. */
  accounts: [index('personKey')],
  /** Roles given to people, whether or not they have signed in. */
  grants: [index('personKey'), index('cityCode', '_id'), sparse('institutionId', '_id')],
  /** First answers of writing operations, for repeated requests. */
  answers: [index('atMs')],
  /** Uploads and results in the file storage, which cannot be listed. */
  files: [index('atMs')],
  channels: [index('cityCode', '_id')],
  /** Applications for network entry (入网申请), annex 2. */
  entryApplications: [
    index('cityCode', '_id'),
    index('cityCode', 'status', '_id'),
    index('status', '_id'),
    sparse('jobToStart.kind'),
  ],
  /** What the province has set, one document a setting. */
  settings: [],
  /** Systems of others that may call the open interfaces. */
  apiClients: [index('cityCode', '_id'), sparse('institutionId', '_id')],
  /** What was answered to requests of these systems, for their repetitions. */
  apiAnswers: [index('firstAtMs')],
  /** Which system has looked up which person, and who has seen somebody in clear. */
  apiLookUps: [index('cityCode', '_id'), index('personKey', '_id')],
  institutions: [
    unique('uscc'),
    index('cityCode', '_id'),
    index('countyCode', '_id'),
    sparse('areGrantsStale'),
  ],
  templates: [index('cityCode', '_id'), index('cityCode', 'status', '_id'), index('status', '_id')],
  classes: [
    index('institutionId', '_id'),
    index('cityCode', '_id'),
    index('cityCode', 'status', '_id'),
    index('countyCode', '_id'),
    index('countyCode', 'status', '_id'),
    index('status', '_id'),
  ],
  rosterEntries: [index('ownerId', '_id')],
  /** 课次 of classes. */
  lessons: [index('classId', 'status', 'startsAtMs')],
  /** Who was at which lesson, one document each. */
  attendance: [index('lessonId', '_id'), index('classId', 'personKey'), index('personKey', '_id')],
  certificates: [
    unique('numberKey'),
    sparseUnique('awardKey'),
    index('classId', '_id'),
    index('institutionId', '_id'),
    index('personKey', '_id'),
  ],
  vouchers: [
    sparseUnique('code'),
    unique('reference'),
    index('personKey', '_id'),
    index('classId', '_id'),
    index('templateId', '_id'),
    sparse('batchId', '_id'),
    sparse('institutionId', 'verificationId'),
    index('status', 'expiresAtMs'),
    sparse('quotaDue'),
    sparse('relayAtMs'),
    sparse('undeliveredSinceMs'),
    sparse('stuckSinceMs'),
  ],
  /** Attempts to verify a voucher that left nothing in the voucher: refused ones, and those that were taken back. */
  verifications: [
    index('institutionId', '_id'),
    index('institutionId', 'outcome', '_id'),
    index('voucherId'),
  ],
  batches: [
    unique('number'),
    sparseUnique('paymentKey'),
    index('institutionId', '_id'),
    index('cityCode', '_id'),
    index('cityCode', 'status', '_id'),
    index('countyCode', '_id'),
    index('countyCode', 'status', '_id'),
    index('status', '_id'),
    sparse('jobToStart.kind'),
  ],
  jobs: [index('status', '_id')],
  /** What a job works through when it is no query: chunks of codes. */
  jobInputs: [],
  /** What a job refused, row by row, a document a chunk. */
  jobRefusals: [index('jobId', '_id')],
} as const satisfies Record<string, readonly Index<readonly string[]>[]>;

export type CollectionName = keyof typeof COLLECTIONS;

/** The same as a list, as the local cloud and the deployment take it. */
export const collectionDefinitions = (): { name: string; indexes: IndexDefinition[] }[] =>
  Object.entries<readonly Index<readonly string[]>[]>(COLLECTIONS).map(([name, indexes]) => ({
    name,
    indexes: indexes.map(({ keys, ...kind }) => ({
      name: keys.join('_'),
      keys: keys.map(path => [path, 1] as const),
      ...kind,
    })),
  }));
