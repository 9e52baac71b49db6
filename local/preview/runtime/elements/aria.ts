import { anything, type PropertyDefinition } from './element-definition';

const ATTRIBUTES: Readonly<Record<string, string>> = {
  ariaRole: 'role',
  ariaLabel: 'aria-label',
  ariaLabelledby: 'aria-labelledby',
  ariaDescribedby: 'aria-describedby',
  ariaRoledescription: 'aria-roledescription',
  ariaHidden: 'aria-hidden',
  ariaDisabled: 'aria-disabled',
  ariaChecked: 'aria-checked',
  ariaSelected: 'aria-selected',
  ariaExpanded: 'aria-expanded',
  ariaCurrent: 'aria-current',
  ariaBusy: 'aria-busy',
  ariaLive: 'aria-live',
  ariaModal: 'aria-modal',
  ariaLevel: 'aria-level',
  ariaControls: 'aria-controls',
  ariaHaspopup: 'aria-haspopup',
  ariaInvalid: 'aria-invalid',
  ariaRequired: 'aria-required',
  ariaValuenow: 'aria-valuenow',
  ariaValuemin: 'aria-valuemin',
  ariaValuemax: 'aria-valuemax',
  ariaValuetext: 'aria-valuetext',
  ariaPosinset: 'aria-posinset',
  ariaSetsize: 'aria-setsize',
  tabindex: 'tabindex',
};

/** Taken but shown nowhere: TDesign passes them to its elements. */
const SILENT = ['dataCustom', 'customDataset'];

/** Every element takes them. */
export const ARIA_PROPERTIES: Readonly<Record<string, PropertyDefinition>> = Object.fromEntries(
  [...Object.keys(ATTRIBUTES), ...SILENT].map(name => [name, anything()]),
);

/** Elements whose own accessible text field must carry the name. */
const INNER_FIELD = ':scope > input, :scope > textarea';

/** Lets screen readers and tests see what the page says about an element. */
export function showAria(node: HTMLElement, name: string, value: unknown): void {
  const attribute = ATTRIBUTES[name];
  if (!attribute) return;
  const target = attribute === 'aria-label' ? (node.querySelector(INNER_FIELD) ?? node) : node;
  if (value === '' || value === undefined || value === null) target.removeAttribute(attribute);
  else target.setAttribute(attribute, String(value));
}
