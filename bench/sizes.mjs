import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { median } from './report.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))

const programs = {
  'bundle "train a TwoLayerNet"': `
    import { tensor } from '@gosa/linalg'
    import { TwoLayerNet } from '@gosa/networks'
    import { SGD } from '@gosa/optim'
    const network = new TwoLayerNet({ inputSize: 2, hiddenSize: 3, outputSize: 2 })
    network.gradient(tensor([[0, 1]], { dtype: 'float32' }), Uint8Array.of(1))
    new SGD().step(network.parameters())`,
  'bundle "train a SimpleConvNet"': `
    import { zeros } from '@gosa/linalg'
    import { SimpleConvNet } from '@gosa/networks'
    import { SGD } from '@gosa/optim'
    const network = new SimpleConvNet()
    network.gradient(zeros([1, 1, 28, 28], { dtype: 'float32' }), Uint8Array.of(1))
    new SGD().step(network.parameters())`,
  'bundle "matmul only"': `
    import { matmul, tensor } from '@gosa/linalg'
    console.log(matmul(tensor([[1]]), tensor([[2]])))`,
}

/** Sizes of bundles and of the installed packages, in bytes, and the time of an import, in seconds. */
export async function sizes() {
  const bundles = await Promise.all(
    Object.entries(programs).map(async ([name, contents]) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: here },
        bundle: true,
        minify: true,
        format: 'esm',
        platform: 'browser',
        write: false,
      })
      const [{ contents: bytes }] = outputFiles
      return [name, { minified: bytes.length, gzipped: gzipSync(bytes).length }]
    }),
  )
  return {
    ...Object.fromEntries(bundles),
    'installed @gosa/networks with its dependencies': { bytes: installed() },
    'import of @gosa/networks over bare Node': {
      seconds: importTime('@gosa/networks'),
    },
  }
}

const installed = () =>
  ['linalg', 'layers', 'losses', 'gradcheck', 'networks']
    .map((name) => join(here, '..', 'packages', name, 'dist'))
    .flatMap((folder) => readdirSync(folder).map((name) => statSync(join(folder, name)).size))
    .reduce((total, size) => total + size)

/** Median time of 31 process starts with an import, minus that of 31 without, interleaved. */
function importTime(name) {
  const [bare, full] = [[], []]
  for (let i = 0; i < 31; i++) {
    bare.push(startTime(''))
    full.push(startTime(`await import('${name}')`))
  }
  return median(full) - median(bare)
}

function startTime(code) {
  const start = performance.now()
  spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: here })
  return (performance.now() - start) / 1000
}
