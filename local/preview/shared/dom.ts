/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

type Child = Node | string;

interface NodeOptions {
  className?: string;
  text?: string;
  attributes?: Readonly<Record<string, string>>;
  onClick?: () => void;
}

/** Makes a DOM node of the host's own. */
export function createNode<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { className, text, attributes = {}, onClick }: NodeOptions = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (onClick) node.addEventListener('click', onClick);
  node.append(...children);
  return node;
}
