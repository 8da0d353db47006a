import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

const programs = {
  'bundle "train a TwoLayerNet"': `
    import { tensor } from '@gosa/linalg'
    import { TwoLayerNet } from '@gosa/networks'
    import { SGD } from '@gosa/optim'
    const network = new TwoLayerNet({ inputSize: 2, hiddenSize: 3, outputSize: 2 })
    network.gradient(tensor([[0, 1]], { dtype: 'float32' }), Uint8Array.of(1))
    new SGD().step(network.parameters())`,
  'bundle "matmul only"': `
    import { matmul, tensor } from '@gosa/linalg'
    console.log(matmul(tensor([[1]]), tensor([[2]])))`,
}

/** Sizes of bundles and of what is installed, in bytes, and the time that an import takes, in seconds. */
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
    'installed @gosa/networks with what it needs': { bytes: installed() },
    'import of @gosa/networks over bare Node': {
      seconds: startTime("await import('@gosa/networks')") - startTime(''),
    },
  }
}

const installed = () =>
  ['linalg', 'layers', 'losses', 'gradcheck', 'networks']
    .map((name) => join(here, '..', 'packages', name, 'dist'))
    .flatMap((folder) => readdirSync(folder).map((name) => statSync(join(folder, name)).size))
    .reduce((total, size) => total + size)

/** The median of 11 starts. */
function startTime(code) {
  const times = Array.from({ length: 11 }, () => {
    const start = performance.now()
    spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: here })
    return (performance.now() - start) / 1000
  })
  return times.sort((a, b) => a - b)[5]
}
