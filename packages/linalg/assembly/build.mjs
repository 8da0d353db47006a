/**
 * Compiles the kernels and writes them as base64 constants to `src/wasm/`, which are not kept in git: `module` as all
 * engines run them, `module-fma` with fused multiply-add; and what a thread runs, in one piece, to `src/threads/`. Does
 * nothing where a file was made from the same sources by the same compiler: `node assembly/build.mjs`.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc, { version } from 'assemblyscript/asc'
import { build, version as esbuild } from 'esbuild'

/** 10.5 MiB, what kernels work with at least (see `src/wasm/matmul.ts`; of that 2 MiB for the lists of 64 threads), and 1 GiB, of which an arena takes some (see `src/wasm/arena.ts`). */
const PAGES = { least: 168, most: 16_384 }

const flags = [
  ['--target', 'release'],
  ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub'],
  [
    '--importMemory',
    '--zeroFilledMemory',
    '--initialMemory',
    `${PAGES.least}`,
    '--maximumMemory',
    `${PAGES.most}`,
  ],
  ['--disableWarning', '112'],
].flat()

/** What is made, by what it is named in the sources: of which sources, by which compiler, and how. */
const outputs = [
  { file: 'kernels/wasm/module', name: 'MODULE', of: [], by: version, make: () => compile([]) },
  {
    file: 'kernels/wasm/module-fma',
    name: 'MODULE',
    of: [],
    by: version,
    make: () => compile(['--enable', 'relaxed-simd']),
  },
  {
    file: 'kernels/threads/worker',
    name: 'WORKER',
    of: ['../src/kernels/threads/', '../src/kernels/wasm/'],
    by: esbuild,
    make: bundleWorker,
  },
]

/** Makes what is not there yet; says what it did. */
export async function generate() {
  const done = []
  for (const { file, name, of, by, make } of outputs) {
    const target = new URL(`../src/${file}.generated.ts`, import.meta.url)
    const header = `// Made by assembly/build.mjs; sources and compiler: ${fingerprint(of, by)}`
    if (read(target)?.startsWith(header)) continue
    const text = await make()
    write(target, `${header}\nexport const ${name} =\n  ${JSON.stringify(text)}\n`)
    done.push(`${file} ${text.length} characters`)
  }
  return done.join(', ') || 'up to date'
}

/** Moves the text into place whole, since tests of several packages may ask for it at once. */
function write(target, text) {
  mkdirSync(new URL('./', target), { recursive: true })
  const part = new URL(`${target.href}.${process.pid}`)
  writeFileSync(part, text)
  renameSync(part, target)
}

function fingerprint(folders, compiler) {
  const hash = createHash('sha256').update(compiler)
  for (const folder of ['./', ...folders].map((name) => fileURLToPath(new URL(name, import.meta.url)))) {
    for (const name of readdirSync(folder).sort()) {
      if (/(?<!\.generated|\.test)\.(ts|mjs)$/.test(name))
        hash.update(name).update(readFileSync(folder + name))
    }
  }
  return hash.digest('hex')
}

/** As base64. */
async function compile(features) {
  let module
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...flags, ...features], {
    readFile: (name, base) => read(new URL(name, new URL(`${base}/`, new URL('./', import.meta.url)))),
    writeFile: (_, content) => {
      module = content
    },
    listFiles: () => [],
  })
  if (error || !module) throw new Error(`the kernels do not compile\n${stderr.toString()}`)
  return Buffer.from(module).toString('base64')
}

/** A script that leaves a function `work` behind. */
async function bundleWorker() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/kernels/threads/worker.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'exports',
    footer: { js: 'const{work}=exports;' },
    write: false,
  })
  return outputFiles[0].text
}

function read(url) {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`wasm kernels: ${await generate()}`)
