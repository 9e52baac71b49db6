import { lintTemplates } from './wxml-lint';
import { checkTemplateTypes } from './wxml-types';

test('templates compile without a warning', () => {
  expect(lintTemplates()).toEqual([]);
});

test('templates use only data, handlers and properties that exist', () => {
  expect(checkTemplateTypes()).toEqual([]);
}, 60_000);
