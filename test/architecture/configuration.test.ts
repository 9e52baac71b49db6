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
