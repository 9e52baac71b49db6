import * as v from 'valibot';

/** PROVINCE_OFFICERS, a JSON list of the function's environment: personKeys, so that no ID number stands in a configuration. */
const ProvinceOfficers = v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)));

/** Whether the configuration makes this person an officer of the province: the first one can be given by nobody. */
export function isProvinceOfficer(personKey: string): boolean {
  const parsed = v.safeParse(ProvinceOfficers, JSON.parse(process.env['PROVINCE_OFFICERS'] ?? '[]'));
  if (!parsed.success) throw new Error('PROVINCE_OFFICERS: must be a JSON list of personKeys');
  return parsed.output.includes(personKey);
}
