import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import { Day, InstitutionId, Line, TemplateId, WholeNumber } from '../shared/runtime/input';

/** What an institution fills in; the template is chosen once. */
export const AmendableFields = {
  name: Line(LIMITS.nameCharsMax),
  place: Line(LIMITS.placeCharsMax),
  startsOn: Day,
  endsOn: Day,
  hours: WholeNumber(1, LIMITS.hoursMax),
};

export const CreateInput = v.strictObject({
  institutionId: InstitutionId,
  templateId: TemplateId,
  ...AmendableFields,
});
