// Builds the front end: `node build.mjs` writes static/dist/{app.css,app.rtl.css,staff.css,app.js}
// and prints what a reader downloads. Needs `npm ci` first; run.py does both at set-up.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

import { build, transform } from 'esbuild'
import rtlcss from 'rtlcss'
import { compileAsync } from 'sass'

const root = dirname(fileURLToPath(import.meta.url))
const out = join(root, 'static', 'dist')
const browsers = ['chrome100', 'firefox100', 'safari15']

const modules = pathToFileURL(join(root, 'node_modules') + '/')
const importer = { findFileUrl: name => name.startsWith('govuk-frontend/') ? new URL(name, modules) : null }

async function sheet (name) {
  const file = join(root, 'assets', 'scss', `${name}.scss`)
  return (await compileAsync(file, { importers: [importer], quietDeps: true })).css
}

async function write (name, text) {
  await writeFile(join(out, name), text)
  const sent = brotliCompressSync(text).length
  console.log(`${name.padEnd(12)} ${String(text.length).padStart(7)} bytes, ${String(sent).padStart(6)} with brotli`)
}

async function writeSheet (name, css) {
  const options = { loader: 'css', minify: true, target: browsers, legalComments: 'none' }
  await write(name, (await transform(css, options)).code)
}

async function sheets () {
  await writeSheet('app.css', await sheet('app'))
  await writeSheet('app.rtl.css', rtlcss.process(await sheet('app.rtl')) + await sheet('rtl-fixes'))
  await writeSheet('staff.css', await sheet('staff'))
}

async function script () {
  const bundle = await build({
    entryPoints: [join(root, 'assets', 'js', 'app.mjs')],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: browsers,
    legalComments: 'none'
  })
  await write('app.js', bundle.outputFiles[0].text)
}

await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
await Promise.all([sheets(), script()])
