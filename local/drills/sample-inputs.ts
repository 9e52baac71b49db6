/**
 * Run as a process of its own: loads the functions as they are deployed and prints a well-formed input to each of their
 * operations, as one object. The argument holds known fields as JSON.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { GenericSchema } from 'valibot';
import { projectRoot } from '../stage/project-root';
import { sampleOf, type KnownFields } from './sample-of';

interface FunctionModule {
  main: { operations?: readonly { name: string; input: GenericSchema }[] };
}

// Outside a function the SDK would ask the network for metadata.
process.env['TENCENTCLOUD'] = 'true';

const folder = join(projectRoot(), 'dist/cloudfunctions');
const load = createRequire(join(folder, 'any'));
const known = JSON.parse(process.argv[2] ?? '{}') as KnownFields;

const operations = readdirSync(folder).flatMap(
  name => (load(join(folder, name, 'index.js')) as FunctionModule).main.operations ?? [],
);
console.log(
  JSON.stringify(Object.fromEntries(operations.map(({ name, input }) => [name, sampleOf(input, known)]))),
);
process.exit();
