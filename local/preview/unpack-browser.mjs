// node unpack-browser.mjs chromium|fonts FOLDER
// Unpacks from their packages the programs and files without which no browser starts, or draws Chinese. It is a process of
// its own, since Chromium's package unpacks into the temporary folder of its process.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PACKAGES = join(import.meta.dirname, '../../node_modules');

/** Into `chromium`, and the libraries that a bare machine lacks into `al2023/lib`. */
async function unpackChromium(folder) {
  process.env.TMPDIR = folder;
  const { default: chromium, inflate } = await import('@sparticuz/chromium');
  await chromium.executablePath();
  await inflate(join(PACKAGES, '@sparticuz/chromium/bin/al2023.tar.br'));
}

/** Chromium reads WOFF2 from the web only; what the machine's fonts are asked for must be TrueType. */
async function unpackFonts(folder) {
  const { default: decompress } = await import('woff2-encoder/decompress');
  const files = join(PACKAGES, '@fontsource-variable/noto-sans-sc/files');
  await mkdir(join(folder, 'ttf'), { recursive: true });
  for (const name of await readdir(files)) {
    const font = await decompress(await readFile(join(files, name)));
    await writeFile(join(folder, 'ttf', name.replace(/\.woff2$/, '.ttf')), font);
  }
  await writeFile(join(folder, 'fonts.conf'), FONTS_CONF);
}

/** These fonts and no others, wherever the folder lies: pictures and widths are the same on every machine. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">ttf</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const [what, folder] = process.argv.slice(2);
await (what === 'fonts' ? unpackFonts(folder) : unpackChromium(folder));
