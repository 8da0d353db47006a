// Trains on MNIST as the book does (784-50-10, 10,000 steps of 100 images, learning rate 0.1), once for each of the
// seeds 0 to 4, with the built command, and prints a Markdown table; with other options of the command, and seeds:
//
//     node apps/trainer/measure-mnist.mjs <folder with MNIST's four files>
//     node apps/trainer/measure-mnist.mjs MNIST 3 --network simple-conv --optimizer adam --iterations 12000

import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('dist/main.js', import.meta.url))
const [dataDir = process.env.GOSA_DATA_DIR ?? '', seeds = '5', ...options] = process.argv.slice(2)

/** @param {number} seed */
function train(seed) {
  const args = ['--data', 'mnist', '--data-dir', dataDir, '--json', '--no-out', '--seed', String(seed)]
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args, ...options], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
}

console.log('| seed | test accuracy | train accuracy | samples/s | seconds in total |')
console.log('| --- | --- | --- | --- | --- |')
for (let seed = 0; seed < Number(seeds); seed++) {
  const { testAccuracy, trainAccuracy, samplesPerSecond, seconds } = train(seed)
  const cells = [
    seed,
    testAccuracy.toFixed(4),
    trainAccuracy.toFixed(4),
    Math.round(samplesPerSecond),
    seconds.toFixed(1),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
console.log(`\n${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`)
