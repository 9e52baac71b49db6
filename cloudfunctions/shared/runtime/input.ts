import * as v from 'valibot';
import { CITY_CODES } from '../../../miniprogram/contract/areas';
import { cityOfCounty, COUNTY_CODES, type OfAreas } from '../../../miniprogram/contract/counties';
import { FEN_MAX, toFen } from '../../../miniprogram/contract/fen';
import type * as ids from '../../../miniprogram/contract/ids';
import { LIMITS } from '../../../miniprogram/contract/limits';
import { toOneLine } from '../../../miniprogram/contract/plain-text';
import { PROJECT_IDS } from '../../../miniprogram/contract/projects';
import { isDay } from '../domain/calendar';
import type { Wish } from '../domain/scope';

// Building blocks of the operations' schemas: every text has a longest length, every number a range. Those whose form no
// sample would hit have an example.

const ID = /^[0-9A-Za-z_-]{1,80}$/;
/** Blanks and invisible characters come on top of what counts. */
const TYPED_PER_CHARACTER_MAX = 10;

/** An id of a document: what this system makes, nothing that could be a query. Parsing it gives it its kind. */
const idOf = <Id extends string>() =>
  v.pipe(
    v.string(),
    v.regex(ID),
    v.examples(['sample']),
    v.transform(text => text as Id),
  );

export const VoucherId = idOf<ids.VoucherId>();
export const TemplateId = idOf<ids.TemplateId>();
export const ClassId = idOf<ids.ClassId>();
export const RosterEntryId = idOf<ids.RosterEntryId>();
export const InstitutionId = idOf<ids.InstitutionId>();
export const BatchId = idOf<ids.BatchId>();
export const JobId = idOf<ids.JobId>();
export const LessonId = idOf<ids.LessonId>();
export const ApiClientId = idOf<ids.ApiClientId>();
export const PersonKey = idOf<ids.PersonKey>();
export const ChannelNumber = v.pipe(
  v.string(),
  v.regex(/^\d{10}$/),
  v.examples(['3701000001']),
  v.transform(text => text as ids.ChannelNumber),
);

export const Cursor = v.exactOptional(v.pipe(v.string(), v.regex(ID)));
export const RequestId = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{8,64}$/));
export const FileId = v.pipe(
  v.string(),
  v.regex(/^cloud:\/\/[^\s]{1,400}$/),
  v.examples(['cloud://sample/file.csv']),
);

/** A line of text as {@link toOneLine} makes it of what was typed: breaks become blanks, what is invisible goes. */
const OneLine = (lengthMax: number) =>
  v.pipe(
    v.string(),
    v.maxLength(lengthMax * TYPED_PER_CHARACTER_MAX),
    v.transform(toOneLine),
    v.maxLength(lengthMax),
  );

/** A line with something in it. */
export const Line = (lengthMax: number) => v.pipe(OneLine(lengthMax), v.minLength(1));

/** A line that may be left empty. */
export const LineOrNone = OneLine;

/** Checked by the operation itself, which has a better answer than "invalid input". */
export const RawText = v.pipe(v.string(), v.maxLength(200));

export const Reason = Line(LIMITS.remarkCharsMax);
export const City = v.picklist(CITY_CODES);
export const Cities = v.pipe(v.array(City), v.minLength(1), v.maxLength(CITY_CODES.length));

export const County = v.picklist(COUNTY_CODES);

/** Entries of OfCities. */
export const ofCities = { cityCodes: v.exactOptional(Cities), cityCode: v.exactOptional(City) };
/** Entries of {@link OfAreas}. */
export const ofAreas = {
  ...ofCities,
  countyCodes: v.exactOptional(v.pipe(v.array(County), v.minLength(1), v.maxLength(COUNTY_CODES.length))),
};
/** What a list is asked for, as the rules know it: `cityCode` narrows what is named beside it. */
export function wishOf({ cityCode, countyCodes, ...wish }: OfAreas & Pick<Wish, 'institutionId'>): Wish {
  if (cityCode === undefined) return { ...wish, countyCodes };
  const inCity = countyCodes?.filter(countyCode => cityOfCounty(countyCode) === cityCode) ?? [];
  const isPart = inCity.length > 0 && !wish.cityCodes?.includes(cityCode);
  return isPart
    ? { ...wish, cityCodes: undefined, countyCodes: inCity }
    : { ...wish, cityCodes: [cityCode], countyCodes: undefined };
}

export const Project = v.picklist(PROJECT_IDS);
/** None of them means all. */
export const Projects = v.pipe(v.array(Project), v.maxLength(PROJECT_IDS.length));
export const Day = v.pipe(v.string(), v.check(isDay), v.examples(['2021-08-30']));
/** A time of day: 08:30. */
export const TimeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/), v.examples(['08:30']));
export const WholeNumber = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
/** An amount of money of at least so many fen. */
export const FenFrom = (minFen: number) => v.pipe(WholeNumber(minFen, FEN_MAX), v.transform(toFen));
export const RosterOwner = v.union([
  v.strictObject({ classId: ClassId }),
  v.strictObject({ templateId: TemplateId }),
]);

/** Every entry may be left out (but not given as undefined): the fields of a change. */
export const allOptional = <Entries extends Record<string, v.GenericSchema>>(entries: Entries) =>
  Object.fromEntries(
    Object.entries(entries).map(([name, schema]) => [name, v.exactOptional(schema)]),
  ) as unknown as { [Name in keyof Entries]: v.ExactOptionalSchema<Entries[Name], undefined> };
