/** Kinds of WeChat's input, and: area (a line that is shown in several), lines (several lines), choice (one of `choices`), day (calendar day). */
type FieldKind = 'text' | 'number' | 'digit' | 'idcard' | 'area' | 'lines' | 'choice' | 'day';

export interface Choice {
  id: string;
  text: string;
}

/** A form's line: label, input, error. Emits `change` with { name, value }; a choice's value is its id. */
export default Component({
  properties: {
    name: { type: String, value: '' },
    label: { type: String, value: '' },
    kind: { type: String, value: 'text' as FieldKind },
    value: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    hint: { type: String, value: '' },
    error: { type: String, value: '' },
    /** Characters; -1 for as many as one likes. */
    lengthMax: { type: Number, value: -1 },
    optional: { type: Boolean, value: false },
    disabled: { type: Boolean, value: false },
    choices: { type: Array, value: [] as Choice[] },
    dayFrom: { type: String, value: '' },
    dayTo: { type: String, value: '' },
  },

  data: { chosenIndex: 0, chosenText: '' },

  observers: {
    'choices, value'(choices: Choice[], value: string) {
      const index = choices.findIndex(choice => choice.id === value);
      this.setData({ chosenIndex: Math.max(index, 0), chosenText: choices[index]?.text ?? '' });
    },
  },

  methods: {
    /** All but `lines` are one line, also where it is shown in several: Enter and pasted breaks become blanks. */
    onInput({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const breaks = /\r\n|[\n\r\u0085\u2028\u2029]/g;
      this.emit(this.data.kind === 'lines' ? detail.value : detail.value.replace(breaks, ' '));
    },
    onPickDay({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.emit(detail.value);
    },
    onChoose({ detail }: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
      const choices = this.data.choices as Choice[];
      const choice = choices[Number(detail.value)];
      if (choice) this.emit(choice.id);
    },
    emit(value: string) {
      this.triggerEvent('change', { name: this.data.name, value });
    },
  },
});
