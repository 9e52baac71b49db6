/** The part of sax (https://github.com/isaacs/sax-js) that xml-reader.ts uses; the package brings no types. */
declare module 'sax' {
  export interface OpenTag {
    name: string;
    attributes: Record<string, string>;
  }

  export interface SaxParser {
    onerror: (error: Error) => void;
    ondoctype: (doctype: string) => void;
    onopentagstart: () => void;
    onattribute: (attribute: { name: string; value: string }) => void;
    onopentag: (tag: OpenTag) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    write(chunk: string): this;
    close(): this;
  }

  export function parser(strict: boolean, options: { position: boolean; xmlns: boolean }): SaxParser;
}
