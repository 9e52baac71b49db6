import { parse } from '@wxml/parser';

export interface WxmlTag {
  name: string;
  /** Attribute → its text; an attribute without a value has ''. */
  attributes: Readonly<Record<string, string>>;
}

interface WxmlNode {
  type: string;
  name?: string;
  value?: string;
  rawValue?: string;
  children?: WxmlNode[];
  startTag?: { attributes: { key: string; value: string | null }[] };
}

/** Every element of a template, outer ones first. */
export function listTags(source: string): WxmlTag[] {
  const program = parse(source) as { body: WxmlNode[] };
  return program.body.flatMap(tagsIn);
}

function tagsIn(node: WxmlNode): WxmlTag[] {
  if (node.type !== 'WXElement') return [];
  const attributes = node.startTag?.attributes ?? [];
  const own: WxmlTag = {
    name: node.name ?? '',
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value ?? ''])),
  };
  return [own, ...(node.children ?? []).flatMap(tagsIn)];
}

/** Words that have an element for a neighbour, and words of a `<text>` that do not stand in its line. */
export function listMixedTexts(source: string): string[] {
  const program = parse(source) as { body: WxmlNode[] };
  return program.body.flatMap(mixedTextsIn);
}

const wordsOf = ({ value = '', rawValue = '' }: WxmlNode): string => rawValue || value;

const isBlank = (node: WxmlNode): boolean => node.type === 'WXText' && wordsOf(node).trim() === '';

function mixedTextsIn(node: WxmlNode): string[] {
  const children = node.children ?? [];
  const elements = children.filter(({ type }) => type === 'WXElement');
  const words = children.filter(
    child => child.type !== 'WXElement' && child.type !== 'WXComment' && !isBlank(child),
  );
  const isBroken = node.name === 'text' && children.some(child => wordsOf(child).includes('\n'));
  const own = elements.length > 0 || isBroken ? words.map(wordsOf) : [];
  return [...own, ...elements.flatMap(mixedTextsIn)];
}
