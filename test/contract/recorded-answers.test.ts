import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS, type OperationName } from '../../miniprogram/contract/operations';
import { startTestCloud } from '../support/test-cloud';
import { PatternMaker, PatternMatcher, type Json } from './pattern';
import { playStory } from './play-story';
import type { Scene } from './story';

const FILE = join(__dirname, 'recorded-answers.json');
const HOW_TO_RECORD =
  'Play it in play-*.ts, then record with RECORD=1 npx jest test/contract and review what changed.';

/** By operation, then by what happens: the answer as a pattern. */
type Recording = Record<string, Record<string, Json>>;

const NAMES = Object.keys(OPERATIONS) as OperationName[];

let scenes: Scene[];
let recording: Recording;
let lost: Loss[];

beforeAll(async () => {
  const cloud = await startTestCloud();
  try {
    scenes = await playStory(cloud);
  } finally {
    await cloud.stop();
  }
  recording = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Recording) : {};
  lost = listLosses();
  // What is lost is no reason to record anew: it is taken out of the file by hand, so that a reader sees it.
  if (process.env['RECORD'] === '1' && lost.length === 0) recording = record();
});

interface Loss {
  operation: OperationName;
  moment: string;
  wrong: string[];
  added: string[];
}

function listLosses(): Loss[] {
  const matcher = new PatternMatcher();
  return scenes.flatMap(({ operation, moment, answer }) => {
    const pattern = recording[operation]?.[moment];
    if (pattern === undefined) return [];
    const { wrong, added } = matcher.compare(pattern, answer, 'answer');
    return wrong.length === 0 ? [] : [{ operation, moment, wrong, added }];
  });
}

function record(): Recording {
  const maker = new PatternMaker();
  const patterns = scenes.map(scene => ({ ...scene, answer: maker.patternOf(scene.answer) }));
  const entries = NAMES.map(name => {
    const own = patterns.filter(({ operation }) => operation === name);
    return [name, Object.fromEntries(own.map(({ moment, answer }) => [moment, answer]))] as const;
  });
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
  return Object.fromEntries(entries);
}

/** Phones are updated later than functions: what they were answered once they must be answered still. */
describe('the answers on the wire', () => {
  it('are recorded for every operation, a success at least', () => {
    const isAnswered = (answer: Json) => (answer as { ok?: Json }).ok === true;
    const missing = NAMES.filter(name => !Object.values(recording[name] ?? {}).some(isAnswered));

    expect(missing.map(name => `${name} has no recorded answer. ${HOW_TO_RECORD}`)).toEqual([]);
  });

  it('are all played', () => {
    const played = new Set(scenes.map(({ operation, moment }) => `${operation}: ${moment}`));
    const recorded = Object.entries(recording).flatMap(([operation, moments]) =>
      Object.keys(moments).map(moment => `${operation}: ${moment}`),
    );

    expect(recorded.filter(moment => !played.has(moment))).toEqual([]);
    expect([...played].filter(moment => !recorded.includes(moment))).toEqual([]);
  });

  it('still have everything that was recorded', () => {
    expect(lost).toEqual([]);
  });
});
