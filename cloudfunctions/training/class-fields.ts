import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { ClassFields } from '../../miniprogram/contract/training';
import { Day, Id, Line, WholeNumber } from '../shared/runtime/input';

const HOURS_MAX = 10_000;

/** What an institution fills in; the template is chosen once. */
export const AmendableFields = {
  name: Line(60),
  place: Line(100),
  startsOn: Day,
  endsOn: Day,
  hours: WholeNumber(1, HOURS_MAX),
};

export const CreateInput = v.strictObject({ institutionId: Id, templateId: Id, ...AmendableFields });

/** Days written YYYY-MM-DD sort as texts. */
export const checkDays = ({
  startsOn,
  endsOn,
}: Pick<ClassFields, 'startsOn' | 'endsOn'>): Result<undefined> =>
  startsOn <= endsOn ? ok(undefined) : fail('class_days_contradictory');
