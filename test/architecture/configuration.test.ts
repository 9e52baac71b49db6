import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local/stage/project-root';
import { config } from '../../miniprogram/config';

test('DevTools opens the appid that the configuration names', () => {
  const project = JSON.parse(readFileSync(join(projectRoot(), 'project.config.json'), 'utf8')) as {
    appid: string;
  };

  expect({ 'appid in project.config.json': project.appid }).toEqual({
    'appid in project.config.json': config.appid,
  });
});

interface CloudConfiguration {
  functions: { name: string; envVariables?: Record<string, string> }[];
}

/** Variables that the sources of the functions read, as they name them. */
const READ = /process\.env(?:\.|\[["'])([A-Z]+_[A-Z_]+)/g;

test('a function is given every variable that it reads, in whatever shared module it reads it', () => {
  const { functions } = JSON.parse(
    readFileSync(join(projectRoot(), 'cloudbaserc.json'), 'utf8'),
  ) as CloudConfiguration;
  const ours = new Set(functions.flatMap(({ envVariables = {} }) => Object.keys(envVariables)));
  const missing = functions.flatMap(({ name, envVariables = {} }) => {
    const bundle = readFileSync(join(projectRoot(), 'dist/cloudfunctions', name, 'index.js'), 'utf8');
    const read = new Set([...bundle.matchAll(READ)].flatMap(([, variable = '']) => variable));
    return [...read]
      .filter(variable => ours.has(variable) && !(variable in envVariables))
      .map(variable => `${name}: ${variable}`);
  });

  expect(missing).toEqual([]);
  expect(ours.has('PROVINCE_OFFICERS')).toBe(true);
});
