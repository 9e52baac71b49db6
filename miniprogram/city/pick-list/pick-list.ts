import { BOX_MARKS, RING_MARKS } from '../../view/choice-marks';

interface Option {
  id: string;
  text: string;
  note?: string;
}

interface Line extends Option {
  checked: boolean;
}

/** Boxes to tick (`multiple`) or one of several. Emits `pick` with { name, id, checked }. */
export default Component({
  properties: {
    name: { type: String, value: '' },
    label: { type: String, value: '' },
    options: { type: Array, value: [] as Option[] },
    /** Ids of what is chosen. */
    chosen: { type: Array, value: [] as string[] },
    multiple: { type: Boolean, value: false },
    disabled: { type: Boolean, value: false },
    error: { type: String, value: '' },
  },

  data: { lines: [] as Line[], boxes: BOX_MARKS, rings: RING_MARKS },

  observers: {
    'options, chosen'(options: Option[], chosen: string[]) {
      this.setData({ lines: options.map(option => ({ ...option, checked: chosen.includes(option.id) })) });
    },
  },

  methods: {
    onChange({ currentTarget, detail }: WechatMiniprogram.CustomEvent<{ checked: boolean }>) {
      const { id } = currentTarget.dataset as { id: string };
      this.triggerEvent('pick', { name: this.data.name, id, checked: detail.checked });
    },
  },
});
