// Copies what the pages need from npm into wwwroot/lib, which is not kept in git.
// nhsuk-frontend is used for its accessible components only: its web font and logo belong to the NHS and are left out.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lib = join(here, 'wwwroot', 'lib');
const root = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json'));
const dist = join(root, 'dist', 'nhsuk');

const systemFont = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif';
const css = readFileSync(join(dist, 'nhsuk-frontend.min.css'), 'utf8')
  .replace(/@font-face\{[^}]*\}/g, '')
  .replaceAll('Frutiger W01,arial,sans-serif', systemFont)
  .replaceAll('/assets/images/', 'images/')
  .replace(/\/\*# sourceMappingURL=.*?\*\//, '');

if (/frutiger|assets\.nhs\.uk/i.test(css)) {
  throw new Error('nhsuk-frontend has changed: its font is still named in the style sheet. Mend src/IgLoop/assets.mjs.');
}

rmSync(lib, { recursive: true, force: true });
mkdirSync(join(lib, 'images'), { recursive: true });
writeFileSync(join(lib, 'nhsuk-frontend.css'), css);
for (const icon of new Set([...css.matchAll(/url\(images\/([\w-]+\.svg)\)/g)].map((m) => m[1]))) {
  cpSync(join(dist, 'assets', 'images', icon), join(lib, 'images', icon));
}
