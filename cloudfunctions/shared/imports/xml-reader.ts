import { parser as createParser, type SAXParser } from 'sax';
import { FileRefusal, refuseCorrupt } from './file-refusal';
import { createXmlDecoder } from './xml-decoder';

/** What to do at each tag and text. Names come without their namespace prefix. */
export interface XmlHandlers {
  onOpen?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  onClose?: (name: string) => void;
  onText?: (text: string) => void;
}

/** Deepest nesting and most attributes of a tag; workbooks stay far below, and memory must not follow the sender's wish. */
const DEPTH_MAX = 64;
const ATTRIBUTES_MAX = 64;
/** Most tags that are read in all, twice those of 10,000 rows with forty columns: each takes time, however short. */
const TAGS_MAX = 2_000_000;

/** An XML document read in pieces of bytes. */
export interface XmlReader {
  write(piece: Uint8Array): void;
  end(): void;
}

/**
 * Reads XML as it comes and keeps nothing. Throws a FileRefusal: file_corrupt if it is not well formed, has a document
 * type (OOXML forbids it, and entities come with it) or goes beyond the bounds of a tag; file_expands_too_much if
 * there are more than TAGS_MAX tags, those counted before included.
 */
export const createXmlReader = (handlers: XmlHandlers, tags: { count: number }): XmlReader => {
  const parser = createParser(true, { position: false, xmlns: false });
  const decoder = createXmlDecoder();
  refuseOddities(parser);
  listen(parser, handlers, tags);
  return {
    write: piece => void parser.write(decoder.decode(piece)),
    end: () => {
      parser.write(decoder.end());
      parser.close();
    },
  };
};

const refuseOddities = (parser: SAXParser): void => {
  let attributes = 0;
  parser.onerror = refuseCorrupt;
  parser.ondoctype = refuseCorrupt;
  parser.onattribute = () => {
    attributes += 1;
    if (attributes > ATTRIBUTES_MAX) refuseCorrupt();
  };
  parser.onopentagstart = () => {
    attributes = 0;
  };
};

const listen = (
  parser: SAXParser,
  { onOpen, onClose, onText }: XmlHandlers,
  tags: { count: number },
): void => {
  let depth = 0;
  parser.onopentag = ({ name, attributes }) => {
    depth += 1;
    tags.count += 1;
    if (tags.count > TAGS_MAX) throw new FileRefusal('file_expands_too_much', { tagsMax: TAGS_MAX });
    if (depth > DEPTH_MAX) refuseCorrupt();
    // Plain texts, since namespaces are not resolved.
    onOpen?.(localName(name), attributes as Readonly<Record<string, string>>);
  };
  parser.onclosetag = name => {
    depth -= 1;
    onClose?.(localName(name));
  };
  if (onText) parser.ontext = parser.oncdata = onText;
};

/** Some writers prefix every tag: <x:row>. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
