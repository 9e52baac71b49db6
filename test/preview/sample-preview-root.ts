import { join } from 'node:path';
import { projectRoot } from '../../local/stage/project-root';

export const SAMPLE_APP = join(projectRoot(), 'test/preview/sample-app');
