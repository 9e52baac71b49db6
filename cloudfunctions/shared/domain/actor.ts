import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { ApiClientId, InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import type { StepRole } from '../../../miniprogram/contract/vouchers';

/** Who took a step. `personKey` is absent for the system's own clock. */
export interface StepActor {
  role: StepRole;
  personKey?: PersonKey;
  institutionId?: InstitutionId;
  cityCode?: CityCode;
  countyCode?: CountyCode;
  /** The system through which the person acted; absent in the mini-program. */
  clientId?: ApiClientId;
}
