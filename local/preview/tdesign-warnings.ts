/**
 * What the component framework says of TDesign's own templates: a class on a slot, rows without keys or counted by a number, an
 * attribute that views do not have, and relations to groups that the app does not use. It names no component; of this
 * project's own there are no such warnings.
 */
const WARNINGS: readonly RegExp[] = [
  /^"class" is not a valid event binding or slot value$/,
  /^Some keys are not unique while list updates: ""\.$/,
  /^Use number as for-list is generally for testing\./,
  /^"disabled" is not a valid property$/,
  /relation "\.\.\/(cell|checkbox|radio)-group\//,
];

export const isOfTdesign = (warning: string): boolean => WARNINGS.some(pattern => pattern.test(warning));
