import { refuseCorrupt } from './file-refusal';

interface XmlDecoder {
  decode(piece: Uint8Array): string;
  end(): string;
}

/** Bytes that are enough to see how the text is written: byte-order mark or declaration. */
const HEAD_BYTES = 128;

/**
 * Turns an XML document into text as its pieces come, in the encoding that it is written in: Excel reads parts in
 * UTF-16 and what else is declared. Throws a FileRefusal file_corrupt for bytes of another encoding.
 */
export const createXmlDecoder = (): XmlDecoder => {
  let head: Uint8Array | undefined = new Uint8Array();
  let decoder: InstanceType<typeof TextDecoder> | undefined;

  const decodeHead = (): string => {
    const bytes = head ?? new Uint8Array();
    head = undefined;
    decoder = openDecoder(encodingOf(bytes));
    return run(() => decoder?.decode(bytes, { stream: true }));
  };
  return {
    decode: piece => {
      if (!head) return run(() => decoder?.decode(piece, { stream: true }));
      head = Uint8Array.from([...head, ...piece]);
      return head.length < HEAD_BYTES ? '' : decodeHead();
    },
    end: () => (head ? decodeHead() : '') + run(() => decoder?.decode()),
  };
};

const run = (decode: () => string | undefined): string => {
  try {
    return decode() ?? '';
  } catch {
    return refuseCorrupt();
  }
};

const openDecoder = (encoding: string): InstanceType<typeof TextDecoder> => {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return refuseCorrupt();
  }
};

/** By the bytes first: many a text declares UTF-16 since it was in memory so, and lies there as UTF-8. */
const encodingOf = (head: Uint8Array): string => {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  if (first === 0xef && second === 0xbb) return 'utf-8';
  const start = String.fromCharCode(...head.subarray(0, HEAD_BYTES));
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1] ?? 'utf-8';
  return /^(utf-?16|ucs|iso-10646)/i.test(declared) ? 'utf-8' : declared;
};
