/**
 * What the component framework says of TDesign's popup (a class on a slot) and skeleton (rows without keys). It names no
 * component; of this project's own there are no such warnings.
 */
const WARNINGS = new Set([
  '"class" is not a valid event binding or slot value',
  'Some keys are not unique while list updates: "".',
]);

export const isOfTdesign = (warning: string): boolean => WARNINGS.has(warning);
