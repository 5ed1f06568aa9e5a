// Builds everything a browser gets into arasha/ui/static/built/ (not committed; a wheel carries it).
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import * as esbuild from 'esbuild';
import * as sass from 'sass';
import { purge } from './purge.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
process.chdir(here);
const out = path.join(here, '../arasha/ui/static/built');
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(path.join(out, 'fonts'), { recursive: true });

for (const name of ['arasha', 'public']) {
  const { css } = sass.compile(`scss/${name}.scss`, {
    loadPaths: [here], style: 'compressed', quietDeps: true, logger: warnOnce(),
  });
  fs.writeFileSync(path.join(out, `${name}.css`), css);
  for (const [, image] of css.matchAll(/url\(["']?\.\/images\/([\w.-]+)["']?\)/g)) copyImage(image);
}
await esbuild.build({
  entryPoints: { arasha: 'js/staff.js', live: 'js/live.js', public: 'js/public.js' },
  bundle: true, minify: true, format: 'esm', target: 'es2020', legalComments: 'none', outdir: out,
});
const fonts = 'node_modules/@fontsource-variable/golos-text/files';
for (const file of fs.readdirSync(fonts)) fs.copyFileSync(path.join(fonts, file), path.join(out, 'fonts', file));
// Documents need whole faces: a typesetter does not put a face together from the pieces that browsers get.
const faces = path.join(here, '../arasha/kernel/documents/fonts');
fs.rmSync(faces, { recursive: true, force: true });
fs.mkdirSync(faces, { recursive: true });
const whole = 'node_modules/@expo-google-fonts/golos-text';
for (const face of ['400Regular', '500Medium', '600SemiBold']) {
  fs.copyFileSync(path.join(whole, face, `GolosText_${face}.ttf`), path.join(faces, `GolosText_${face}.ttf`));
}
fs.copyFileSync(path.join(whole, 'LICENSE_FONT'), path.join(faces, 'LICENSE'));
// Children read the public pages over slow networks: their stylesheet holds what those pages use and nothing else.
const publicCss = path.join(out, 'public.css');
fs.writeFileSync(publicCss, purge(fs.readFileSync(publicCss, 'utf8'), publicPages()));
for (const file of fs.readdirSync(out).filter((name) => /\.(css|js)$/.test(name))) {
  const bytes = fs.readFileSync(path.join(out, file));
  console.log(`${file}  ${bytes.length}  gz ${zlib.gzipSync(bytes, { level: 9 }).length}`);
}

function publicPages() {
  const arasha = path.join(here, '../arasha');
  const folders = ['ui/templates/ui/forms', 'ui/templates/ui/errors', 'ui/templates/ui/icons', 'ui/templates/django', 'doors'];
  const files = folders.flatMap((folder) => fs.readdirSync(path.join(arasha, folder), { recursive: true })
    .filter((name) => /\.(html|py)$/.test(name)).map((name) => path.join(arasha, folder, name)));
  for (const name of ['document', 'public_base', 'parts/demo_strip']) files.push(path.join(arasha, `ui/templates/ui/${name}.html`));
  const receipts = path.join(arasha, 'signals/templates/signals');
  for (const name of fs.readdirSync(receipts).filter((name) => name.startsWith('receipt'))) files.push(path.join(receipts, name));
  return [...files, path.join(out, 'public.js')].map((file) => fs.readFileSync(file, 'utf8'));
}

function copyImage(image) {
  fs.mkdirSync(path.join(out, 'images'), { recursive: true });
  fs.copyFileSync(`node_modules/@ministryofjustice/frontend/moj/assets/images/${image}`, path.join(out, 'images', image));
}

// The MoJ alert uses one GOV.UK colour name that is going away; anything else is ours to mend.
function warnOnce() {
  return {
    warn(message) {
      if (!message.includes('govuk-text-colour')) { console.error(message); process.exitCode = 1; }
    },
  };
}
