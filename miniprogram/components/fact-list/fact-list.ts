import type { Fact } from '../../view/voucher';

/** Labels with what stands beside them. */
export default Component({
  properties: {
    facts: { type: Array, value: [] as Fact[] },
  },
});
