import { count, flag, text, type ElementContext, type ElementDefinition } from './element-definition';

const PROPERTIES = {
  type: text('text'),
  password: flag(),
  placeholder: text(),
  placeholderStyle: text(),
  placeholderClass: text(),
  disabled: flag(),
  maxlength: count(140),
  focus: flag(),
  autoFocus: flag(),
  confirmType: text('done'),
  confirmHold: flag(),
  cursor: count(-1),
  cursorSpacing: count(),
  cursorColor: text(),
  selectionStart: count(-1),
  selectionEnd: count(-1),
  adjustPosition: flag(true),
  adjustKeyboardTo: text(),
  holdKeyboard: flag(),
  alwaysEmbed: flag(),
  safePasswordCertPath: text(),
  safePasswordLength: count(),
  safePasswordTimeStamp: count(),
  safePasswordNonce: text(),
  safePasswordSalt: text(),
  safePasswordCustomHash: text(),
  autoHeight: flag(),
  fixed: flag(),
  showConfirmBar: flag(true),
  disableDefaultPadding: flag(),
};

/** Keyboards by WeChat's type; the field itself stays a text field, so that nothing is refused while typing. */
const INPUT_MODES: Readonly<Record<string, string>> = { number: 'numeric', digit: 'decimal' };

type Field = HTMLInputElement | HTMLTextAreaElement;

function listen(field: Field, { set, emit, string }: ElementContext): void {
  field.addEventListener('input', () => {
    set({ value: field.value });
    emit('input', { value: field.value, cursor: field.selectionStart ?? 0, keyCode: 0 });
  });
  field.addEventListener('focus', () => emit('focus', { value: field.value, height: 0 }));
  field.addEventListener('blur', () => {
    emit('blur', { value: field.value, cursor: field.selectionStart ?? 0 });
    emit('change', { value: field.value });
  });
  field.addEventListener('keydown', event => {
    const isConfirm =
      (event as KeyboardEvent).key === 'Enter' &&
      (field instanceof HTMLInputElement || string('confirmType') !== 'return');
    if (isConfirm) emit('confirm', { value: field.value });
  });
}

function showProperties(field: Field, { string, number, boolean }: ElementContext): void {
  if (field instanceof HTMLInputElement) field.type = boolean('password') ? 'password' : 'text';
  field.inputMode = INPUT_MODES[string('type')] ?? 'text';
  field.placeholder = string('placeholder');
  field.style.setProperty('--placeholder-colour', placeholderColour(string('placeholderStyle')));
  field.disabled = boolean('disabled');
  if (number('maxlength') >= 0) field.maxLength = number('maxlength');
  else field.removeAttribute('maxlength');
}

/** Of a placeholder's own style only the colour can be shown; '' leaves WeChat's grey. */
const placeholderColour = (style: string): string =>
  /(?:^|;)\s*color:\s*([^;]+)/.exec(style)?.[1]?.trim() ?? '';

/** A text area with `auto-height` grows with its text. */
function fitHeight(field: Field, { node, boolean }: ElementContext): void {
  if (!boolean('autoHeight')) return;
  node.style.height = 'auto';
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}

const createTextInput = (tag: 'input' | 'textarea'): ElementDefinition => ({
  isField: true,
  properties: PROPERTIES,
  setUp(context) {
    const field: Field = document.createElement(tag);
    context.node.append(field);
    listen(field, context);
    showProperties(field, context);
    const focus = (): void => void setTimeout(() => field.focus());
    return {
      onChanged: (name, value) => {
        if (name === 'value') {
          const shown = String(value ?? '');
          if (field.value !== shown) field.value = shown;
          setTimeout(() => fitHeight(field, context));
        } else if (name === 'focus' || name === 'autoFocus') {
          if (value) focus();
          else if (name === 'focus' && document.activeElement === field) field.blur();
        } else {
          showProperties(field, context);
        }
      },
      fieldValue: () => field.value,
      reset: () => context.set({ value: '' }),
    };
  },
});

export const input = createTextInput('input');
export const textarea = createTextInput('textarea');
