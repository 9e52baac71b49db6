/// <reference lib="dom" />
/** Contrast as WCAG 2 defines it, from the styles that the browser computed. */

interface Colour {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

const WHITE: Colour = { red: 255, green: 255, blue: 255, alpha: 1 };

export function parseColour(text: string): Colour {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return { red, green, blue, alpha };
}

const mix = (upper: number, lower: number, alpha: number): number => upper * alpha + lower * (1 - alpha);

const over = (upper: Colour, lower: Colour): Colour => ({
  red: mix(upper.red, lower.red, upper.alpha),
  green: mix(upper.green, lower.green, upper.alpha),
  blue: mix(upper.blue, lower.blue, upper.alpha),
  alpha: 1,
});

function luminance({ red, green, blue }: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map(value => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const ancestors = (node: Element): Element[] =>
  node.parentElement ? [node, ...ancestors(node.parentElement)] : [node];

/** The colours that a node paints on its box: one, or those of a gradient. */
function paintsOf(node: Element): Colour[] {
  const { backgroundColor, backgroundImage } = getComputedStyle(node);
  const stops = backgroundImage.includes('gradient') ? (backgroundImage.match(/rgba?\([^)]*\)/g) ?? []) : [];
  return (stops.length > 0 ? stops : [backgroundColor]).map(parseColour);
}

/** Every colour that may lie behind a node's text. */
export function groundsOf(node: Element): Colour[] {
  let grounds: Colour[] = [WHITE];
  for (const ancestor of ancestors(node).reverse()) {
    const paints = paintsOf(ancestor).filter(({ alpha }) => alpha > 0);
    if (paints.length > 0) grounds = paints.flatMap(paint => grounds.map(ground => over(paint, ground)));
  }
  return grounds;
}

const opacityOf = (node: Element): number =>
  ancestors(node).reduce((product, ancestor) => product * Number(getComputedStyle(ancestor).opacity), 1);

/** The worst contrast that text of a node has, in this colour. */
export function textContrast(node: Element, colour: string): number {
  const ink = parseColour(colour);
  const visible = { ...ink, alpha: ink.alpha * opacityOf(node) };
  return Math.min(...groundsOf(node).map(ground => contrast(over(visible, ground), ground)));
}
