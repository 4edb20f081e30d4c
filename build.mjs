// Builds the front end: `node build.mjs` writes static/dist/{app.css,app.rtl.css,staff.css,text.css,app.js}
// and the page that checks visas off line: verifier.js, verifier-scan.js, verifier-worker.js, zxing_reader.wasm;
// it prints what a reader downloads. Needs `npm ci` first, and in PORTAL_COLOURS the colours of the embassy as JSON;
// run.py does it all: `python3 run.py build`.
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

import { build, transform } from 'esbuild'
import rtlcss from 'rtlcss'
import { compileStringAsync } from 'sass'

const root = dirname(fileURLToPath(import.meta.url))
const out = join(root, 'static', 'dist')
const browsers = ['chrome100', 'firefox100', 'safari15']

const modules = pathToFileURL(join(root, 'node_modules') + '/')
const importer = { findFileUrl: name => name.startsWith('govuk-frontend/') ? new URL(name, modules) : null }

const colours = JSON.parse(process.env.PORTAL_COLOURS || '{}')
if (!Object.keys(colours).length) throw new Error('PORTAL_COLOURS is not set. Build with: python3 run.py build')
const palette = Object.entries(colours).map(([name, colour]) => `$${name}: ${colour}`).join(', ')

// The palette is configured where it is loaded first; every part of the sheet then loads the same one.
async function sheet (name) {
  const source = `@use "palette" with (${palette}); @use "${name}" as *;`
  const loadPaths = [join(root, 'assets', 'scss')]
  return (await compileStringAsync(source, { loadPaths, importers: [importer], quietDeps: true })).css
}

async function mirrored () {
  return rtlcss.process(await sheet('app.rtl')) + await sheet('rtl-fixes')
}

async function minified (css) {
  const options = { loader: 'css', minify: true, target: browsers, legalComments: 'none' }
  return (await transform(css, options)).code
}

async function script (entry) {
  const bundle = await build({
    entryPoints: [join(root, 'assets', 'js', entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: browsers,
    legalComments: 'none'
  })
  return bundle.outputFiles[0].text
}

// Written beside and renamed: a server that runs meanwhile never sees half a file or none.
async function write (name, text) {
  await writeFile(join(out, `${name}.new`), text)
  await rename(join(out, `${name}.new`), join(out, name))
  const sent = brotliCompressSync(text).length
  console.log(`${name.padEnd(12)} ${String(text.length).padStart(7)} bytes, ${String(sent).padStart(6)} with brotli`)
}

const made = {
  'app.css': await minified(await sheet('app')),
  'app.rtl.css': await minified(await mirrored()),
  'staff.css': await minified(await sheet('staff')),
  'text.css': await minified(await sheet('text')),
  'app.js': await script('app.mjs'),
  'verifier.js': await script('verifier/page.mjs'),
  'verifier-scan.js': await script('verifier/scan.mjs'),
  'verifier-worker.js': await script('verifier/worker.mjs'),
  'zxing_reader.wasm': await readFile(join(root, 'node_modules', 'zxing-wasm', 'dist', 'reader', 'zxing_reader.wasm'))
}
await mkdir(out, { recursive: true })
for (const name of await readdir(out)) {
  if (!(name in made)) await rm(join(out, name))
}
for (const [name, text] of Object.entries(made)) await write(name, text)
