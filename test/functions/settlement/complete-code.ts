import { checkCharacterMod11 } from '../../../cloudfunctions/shared/domain/check-character';

/** A well-formed 券码 from its first eighteen digits. */
export const completeCode = (first18: string): string => first18 + checkCharacterMod11(first18);
