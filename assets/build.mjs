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
  entryPoints: { arasha: 'js/staff.js', live: 'js/live.js', helpline: 'js/helpline.js', phrases: 'js/phrases.js', public: 'js/public.js', finder: 'js/finder.js' },
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

// What the public is shown, with the forms behind it: whatever extends the public's frame, and all that it stands on.
function publicPages() {
  const arasha = path.join(here, '../arasha');
  const written = (folder, ends) => fs.readdirSync(path.join(arasha, folder), { recursive: true })
    .filter((name) => ends.test(name)).map((name) => path.join(folder, name));
  const read = (name) => fs.readFileSync(path.join(arasha, name), 'utf8');
  const owners = new Set(written('.', /\.html$/)
    .filter((name) => read(name).includes('{% extends "ui/public_base.html" %}')).map((name) => name.split(path.sep)[0]));
  const frame = ['document', 'public_base', 'parts/demo_strip'].map((name) => `ui/templates/ui/${name}.html`);
  const shared = ['ui/templates/ui/forms', 'ui/templates/ui/errors', 'ui/templates/ui/icons', 'ui/templates/django'];
  const files = [...frame, ...shared.flatMap((folder) => written(folder, /\.html$/)), ...[...owners].flatMap((app) => written(app, /\.(html|py)$/))];
  return [...files.map(read), fs.readFileSync(path.join(out, 'public.js'), 'utf8')];
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
