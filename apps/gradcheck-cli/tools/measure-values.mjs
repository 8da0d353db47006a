/**
 * Measures how many planted faults the comparison of values finds along random directions, beside PyTorch's fast mode, and how many
 * named causes are false. After a build of the packages: `node tools/measure-values.mjs [every n-th fault] [seeds]`.
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const [every = 1, seeds = 1] = process.argv.slice(2).map(Number)
const source = fileURLToPath(new URL('../src/faults/measure-values.ts', import.meta.url))
const bundle = fileURLToPath(new URL('../node_modules/.measure-values.mjs', import.meta.url))
await build({
  ...{ entryPoints: [source], outfile: bundle, bundle: true, platform: 'node', format: 'esm' },
  packages: 'external',
})
try {
  const { measureValues } = await import(bundle)
  console.log(JSON.stringify(measureValues({ every, seeds }), null, 2))
} finally {
  rmSync(bundle)
}
