import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import type { StepRole } from '../../../miniprogram/contract/vouchers';

/** Who took a step. `personKey` is absent for the system's own clock. */
export interface StepActor {
  role: StepRole;
  personKey?: PersonKey;
  institutionId?: InstitutionId;
  cityCode?: CityCode;
  countyCode?: CountyCode;
}
