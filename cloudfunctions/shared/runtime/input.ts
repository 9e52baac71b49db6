import * as v from 'valibot';
import { CITY_CODES } from '../../../miniprogram/contract/areas';
import { FEN_MAX } from '../../../miniprogram/contract/fen';
import { PROJECT_IDS } from '../../../miniprogram/contract/projects';
import { isDay } from '../domain/calendar';

// Building blocks of the operations' schemas: every text has a longest length, every number a range.

/** Ids of documents: what this system makes, nothing that could be a query. */
export const Id = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,80}$/));
export const Cursor = v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,80}$/)));
export const RequestId = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{8,64}$/));
export const FileId = v.pipe(v.string(), v.regex(/^cloud:\/\/[^\s]{1,400}$/));

/** A line of text: trimmed, not empty, without control characters. */
export const Line = (lengthMax: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(lengthMax),
    // eslint is right that control characters are odd in a pattern; here they are what is kept out.
    v.check(text => [...text].every(character => character >= ' ' && character !== '\u007f')),
  );

/** Checked by the operation itself, which has a better answer than "invalid input". */
export const RawText = v.pipe(v.string(), v.maxLength(200));

export const Reason = Line(200);
export const City = v.picklist(CITY_CODES);
export const Project = v.picklist(PROJECT_IDS);
export const Day = v.pipe(v.string(), v.check(isDay));
export const WholeNumber = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
export const PositiveFen = WholeNumber(1, FEN_MAX);
export const ChannelNumber = v.pipe(v.string(), v.regex(/^\d{10}$/));
export const RosterOwner = v.union([v.strictObject({ classId: Id }), v.strictObject({ templateId: Id })]);

/** Every entry may be left out (but not given as undefined): the fields of a change. */
export const allOptional = <Entries extends Record<string, v.GenericSchema>>(entries: Entries) =>
  Object.fromEntries(
    Object.entries(entries).map(([name, schema]) => [name, v.exactOptional(schema)]),
  ) as unknown as { [Name in keyof Entries]: v.ExactOptionalSchema<Entries[Name], undefined> };
