/** @wxml/parser brings no types; what is used of it. */
declare module '@wxml/parser' {
  export function parse(source: string): unknown;
}
