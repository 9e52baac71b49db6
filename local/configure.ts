import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '../miniprogram/config';
import { projectRoot } from './stage/project-root';

// DevTools reads the appid before any code runs, so it has to stand in a file of its own.
const file = join(projectRoot(), 'project.config.json');
const text = readFileSync(file, 'utf8');
writeFileSync(
  file,
  text.replace(/("appid": )"[^"]*"/, (_, key: string) => key + JSON.stringify(config.appid)),
);
console.log(`appid ${config.appid} → project.config.json`);
