// Time to load MNIST from the disk, beside Python's gzip and numpy.frombuffer, measured alternately:
//   node tools/load-speed.mjs --data-dir FOLDER [--rounds 7] [--python python3]
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { loadMnist, loadRawImages, MNIST } from '../dist/node.js'

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: process.env.GOSA_DATA_DIR },
    rounds: { type: 'string', default: '7' },
    python: { type: 'string', default: 'python3' },
  },
})
const dir = values['data-dir']

const python = spawn(
  values.python,
  [
    '-u',
    '-c',
    `
import gzip, sys, time
import numpy
def load():
    for name, offset in (('train-images-idx3', 16), ('train-labels-idx1', 8), ('t10k-images-idx3', 16), ('t10k-labels-idx1', 8)):
        with gzip.open(sys.argv[1] + '/' + name + '-ubyte.gz') as file:
            numpy.frombuffer(file.read(), numpy.uint8, offset=offset)
for line in sys.stdin:
    start = time.perf_counter()
    load()
    print((time.perf_counter() - start) * 1000)
`,
    dir,
  ],
  { stdio: ['pipe', 'pipe', 'inherit'] },
)
const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]()

const contenders = {
  'Python gzip + numpy.frombuffer': async () => {
    python.stdin.write('\n')
    return Number((await lines.next()).value)
  },
  'loadRawImages (hashes verified)': () => timed(() => loadRawImages(MNIST, { dir })),
  'loadMnist (float32 as well)': () => timed(() => loadMnist({ dir })),
}
async function timed(action) {
  const start = performance.now()
  await action()
  return performance.now() - start
}

const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
for (let round = 0; round <= Number(values.rounds); round++) {
  for (const [name, contender] of Object.entries(contenders)) {
    const time = await contender()
    if (round > 0) times[name].push(time)
  }
}
python.stdin.end()
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
const [reference] = Object.values(times)
for (const [name, all] of Object.entries(times)) {
  const ratio = median(all.map((time, round) => time / reference[round]))
  console.log(`${name.padEnd(32)} ${median(all).toFixed(0).padStart(5)} ms   ${ratio.toFixed(2)} of Python's`)
}
