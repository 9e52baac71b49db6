const { default: Sequencer } = require('@jest/test-sequencer');

/** Whole stories in a browser come first: begun last, one of them would run alone while the other cores wait. */
const LONG = ['/test/e2e/', '/test/journeys/', '/test/preview/', '/test/functions/'];

const rank = ({ path }) => {
  const at = LONG.findIndex(folder => path.includes(folder));
  return at < 0 ? LONG.length : at;
};

/** Jest's own order goes by the last run's times, which a clean clone does not have, and by the size of files. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
