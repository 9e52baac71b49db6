import { quietly } from '../guarded';

interface FormPage {
  setData(data: { errors: Record<string, string>; errorText: string }): void;
}

/** Shows what is wrong beside each field, says how much it is, and brings the first into view. */
export function showErrors(page: FormPage, errors: Partial<Record<string, string>>): void {
  const wrong = Object.entries(errors).filter((entry): entry is [string, string] => Boolean(entry[1]));
  page.setData({
    errors: Object.fromEntries(wrong),
    errorText: `有 ${wrong.length} 处要改，已标红`,
  });
  const [first] = wrong;
  if (first) quietly(() => wx.pageScrollTo({ selector: `#field-${first[0]}`, offsetTop: -16 }));
}
