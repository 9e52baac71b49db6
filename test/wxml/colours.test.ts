import { listFiles, readSource } from '../architecture/sources';

const TOKENS = 'miniprogram/styles/tokens.wxss';
/** Draws on a canvas, which knows no variables: a code is white and black, whatever the theme. */
const CANVAS = 'miniprogram/components/code-canvas/draw-code.ts';

const NUMBERS = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\(/gi;
const NAMES =
  /\b(?:color|background|border|outline|shadow)[\w-]*:[^;}"]*\b(?:white|black|silver|gr[ae]y|red|orange|yellow|green|blue)\b/g;

const coloursIn = (text: string): string[] => [...(text.match(NUMBERS) ?? []), ...(text.match(NAMES) ?? [])];

test('colours stand in styles/tokens.wxss, and nowhere else', () => {
  const found = listFiles('miniprogram', ['.wxss', '.wxml', '.ts'])
    .filter(path => path !== TOKENS && path !== CANVAS)
    .flatMap(path => coloursIn(readSource(path)).map(colour => `${path}: ${colour}`));

  expect(found).toEqual([]);
  expect(coloursIn(readSource(TOKENS)).length).toBeGreaterThan(20);
});

test('app.json, which knows no variables, uses colours of the tokens', () => {
  const used = coloursIn(readSource('miniprogram/app.json'));

  const known = coloursIn(readSource(TOKENS));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter(colour => !known.includes(colour))).toEqual([]);
});
