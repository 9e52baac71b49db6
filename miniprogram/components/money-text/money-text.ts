import { formatYuan } from '../../contract/fen';

/** An amount given in fen; shows every fen and computes nothing else. */
export default Component({
  properties: {
    fen: { type: Number, value: 0 },
    large: { type: Boolean, value: false },
  },

  data: { yuan: '0.00' },

  observers: {
    fen(fen: number) {
      this.setData({ yuan: formatYuan(fen) });
    },
  },
});
