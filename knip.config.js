// Finds what nothing uses. `--production` leaves the tests out, so that nothing is kept for a test's sake alone.
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const readJson = path => JSON.parse(readFileSync(path, 'utf8'));

/** The sources that WeChat loads by name: the app, its pages, and the components that these name in their JSON. */
function unitsOf(root) {
  const app = readJson(join(root, 'app.json'));
  const pages = app.subpackages.flatMap(({ root: folder, pages }) => pages.map(page => join(folder, page)));
  const units = new Set();
  const follow = (id, folder) => {
    const path = id.startsWith('/') ? join(root, id) : join(folder, id);
    // What is not a file of this project is a component of a package.
    if (units.has(path) || !existsSync(`${path}.json`)) return;
    units.add(path);
    const named = Object.values(readJson(`${path}.json`).usingComponents ?? {});
    for (const component of named) follow(component, dirname(path));
  };
  for (const id of ['app', 'custom-tab-bar/index', ...app.pages, ...pages]) follow(id, root);
  return [...units].map(path => `${path}.ts`);
}

module.exports = {
  entry: [
    'cloudfunctions/*/index.ts!',
    // The API, read from outside as well, and what cloudfunctions/build.mjs loads by name.
    'miniprogram/contract/operations.ts!',
    'cloudfunctions/shared/store/collections.ts!',
    // Bundled as programs, processes and workers of their own: local/build.mjs, local/preview/build/bundle.ts.
    'local/*.ts!',
    'local/bench/bare-{read-and-write,update}.ts!',
    'local/cloud/database/{database-process,aggregate-worker}.ts!',
    'local/cloud/functions/instance-worker.ts!',
    'local/drills/sample-inputs.ts!',
    'local/preview/runtime/boot.ts!',
    'local/preview/shell/phones.ts!',
    ...unitsOf('miniprogram').map(path => `${path}!`),
    ...unitsOf('test/preview/sample-app'),
  ],
  // The harness is there for tests.
  project: ['{cloudfunctions,local,miniprogram}/**/*.ts!', '!local/preview/harness/**!', 'test/**/*.ts'],
  // Made from the document of the open interfaces, whole.
  ignore: ['test/support/open-api-types.ts'],
  ignoreExportsUsedInFile: true,
  // Named in JSON, read as a file, loaded by a process of its own.
  ignoreDependencies: [
    'tdesign-miniprogram',
    '@iconify-json/tdesign',
    '@sparticuz/chromium',
    '@fontsource-variable/noto-sans-sc',
    'woff2-encoder',
    'openapi-typescript',
  ],
};
