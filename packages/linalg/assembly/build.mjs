/**
 * Compiles the kernels and writes them as base64 constants to `src/wasm/`, which are not kept in git: `module` as all
 * engines run them, `module-fma` with fused multiply-add. Does nothing where a file was made from the same sources by
 * the same compiler: `node assembly/build.mjs`.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc, { version } from 'assemblyscript/asc'

const folder = fileURLToPath(new URL('./', import.meta.url))

/** 10 MiB, all that the backend ever uses; see `src/wasm/matmul.ts` for what fits into it. */
const PAGES = 160

const flags = [
  ['--target', 'release'],
  ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub'],
  ['--initialMemory', `${PAGES}`, '--maximumMemory', `${PAGES}`],
  ['--disableWarning', '112'],
].flat()

const modules = {
  module: [],
  'module-fma': ['--enable', 'relaxed-simd'],
}

/** Compiles what is not there yet; says what it did. */
export async function generate() {
  const header = `// Made by assembly/build.mjs; sources and compiler: ${fingerprint()}`
  const done = []
  for (const [name, features] of Object.entries(modules)) {
    const target = new URL(`../src/wasm/${name}.generated.ts`, import.meta.url)
    if (read(target)?.startsWith(header)) continue
    const module = await compile(features)
    write(target, `${header}\nexport const MODULE =\n  '${Buffer.from(module).toString('base64')}'\n`)
    done.push(`${name} ${module.length} bytes`)
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

function fingerprint() {
  const hash = createHash('sha256').update(version)
  for (const name of readdirSync(folder).sort()) {
    if (/\.(ts|mjs)$/.test(name)) hash.update(name).update(readFileSync(`${folder}${name}`))
  }
  return hash.digest('hex')
}

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
  return module
}

function read(url) {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`wasm kernels: ${await generate()}`)
