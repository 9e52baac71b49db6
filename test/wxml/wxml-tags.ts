import { parse } from '@wxml/parser';

export interface WxmlTag {
  name: string;
  /** Attribute → its text; an attribute without a value has ''. */
  attributes: Readonly<Record<string, string>>;
}

interface WxmlNode {
  type: string;
  name?: string;
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
