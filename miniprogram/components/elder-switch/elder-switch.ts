import { display, setElder } from '../../phone/display';

const stops = new WeakMap<object, () => void>();

/** Turns elder mode (长辈版) on and off for the whole app. */
export default Component({
  data: { elder: false },

  lifetimes: {
    attached() {
      stops.set(
        this,
        display.observe(({ elder }) => this.setData({ elder })),
      );
    },
    detached() {
      stops.get(this)?.();
      stops.delete(this);
    },
  },

  methods: {
    onTap() {
      setElder(!this.data.elder);
    },
  },
});
