import { spawnSync } from 'node:child_process'
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseCsv, parseCsvStream } from '@gosa/datasets'
import { loadRawImages, MNIST } from '@gosa/datasets/node'
import { createRng } from '@gosa/linalg'
import { writeLines } from './write-lines.mjs'

/*
 * Reading CSV files to numbers, ours beside pandas, papaparse and csv-parse: seconds, and the peak memory of the process
 * above what it has before it reads. Each reading is a process of its own.
 *
 *     node bench/csv.mjs --data-dir FOLDER        # the folder with MNIST's files; without it, only tables of a generator
 */

const { values: options } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: process.env.GOSA_DATA_DIR },
    python: { type: 'string', default: '/usr/bin/python3' },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    read: { type: 'string' },
    file: { type: 'string' },
  },
})

const peer = (name) => createRequire(new URL('./peers/package.json', import.meta.url))(name)

/** What a reader does with a file; returns the number of numbers. */
const READERS = {
  'Gosa, parseCsvStream': async (file) => (await parseCsvStream(createReadStream(file))).x.size,
  'Gosa, parseCsv': (file) => parseCsv(readFileSync(file, 'latin1')).x.size,
  'papaparse, rows to numbers': (file) => {
    const rows = []
    const step = ({ data }) => rows.push(Float32Array.from(data, Number))
    peer('papaparse').parse(readFileSync(file, 'latin1'), { step, skipEmptyLines: true })
    return (rows.length - 1) * rows[0].length
  },
  'papaparse, rows of strings': (file) => {
    const { data } = peer('papaparse').parse(readFileSync(file, 'latin1'), { skipEmptyLines: true })
    return (data.length - 1) * data[0].length
  },
  'csv-parse, rows to numbers': (file) => {
    const rows = []
    const on_record = (record) => void rows.push(Float32Array.from(record, Number))
    peer('csv-parse/sync').parse(readFileSync(file, 'latin1'), { on_record })
    return (rows.length - 1) * rows[0].length
  },
}
const PANDAS = `
import json, resource, sys, time
import pandas
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before, start = peak(), time.time()
x = pandas.read_csv(sys.argv[1]).to_numpy()
print(json.dumps({'numbers': x.size, 'seconds': time.time() - start, 'kilobytes': peak() - before}))
`

if (options.read) await readOnce(options.read, options.file)
else await compare()

async function readOnce(name, file) {
  const peak = () => process.resourceUsage().maxRSS
  const [before, start] = [peak(), performance.now()]
  const numbers = await READERS[name](file)
  const seconds = (performance.now() - start) / 1000
  console.log(JSON.stringify({ numbers, seconds, kilobytes: peak() - before }))
}

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'gosa-csv-'))
  try {
    const rows = Number(options.rows)
    for (const decimals of [6, 17]) {
      const path = join(folder, 'table.csv')
      await writeLines(path, normalLines(rows, decimals))
      compareOn(path, `${rows} × 20 normal deviates of ${decimals === 6 ? '6 decimals' : 'all digits'}`)
    }
    if (!options['data-dir']) return
    const { train } = await loadRawImages(MNIST, { dir: options['data-dir'] })
    const path = join(folder, 'mnist.csv')
    await writeLines(path, imageLines(train))
    compareOn(path, "MNIST's 60,000 training images, labels first")
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function* normalLines(rows, decimals) {
  const rng = createRng(0)
  const write = (value) => (decimals === 6 ? value.toFixed(6) : String(value))
  yield Array.from({ length: 20 }, (_, i) => `c${i}`).join()
  for (let row = 0; row < rows; row++) yield Array.from({ length: 20 }, () => write(rng.normal())).join()
}

function* imageLines({ pixels, t, count, height, width }) {
  const size = height * width
  yield ['label', ...Array.from({ length: size }, (_, i) => `pixel${i}`)].join()
  for (let n = 0; n < count; n++) yield `${t[n]},${pixels.subarray(n * size, (n + 1) * size).join()}`
}

function compareOn(path, title) {
  const readers = [...Object.keys(READERS), 'pandas']
  const results = readers.map(() => [])
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [i, name] of readers.entries()) results[i].push(measure(name, path))
  }
  console.log(
    `\n${title}\n\n| reader | seconds | peak memory, MB | beside float32, float64 |\n| --- | --- | --- | --- |`,
  )
  for (const [i, name] of readers.entries()) {
    const runs = results[i].filter((run) => run)
    if (runs.length === 0) {
      console.log(`| ${name} | fails or is not installed | | |`)
      continue
    }
    const seconds = median(runs.map((run) => run.seconds)).toFixed(2)
    const bytes = median(runs.map((run) => run.kilobytes)) * 1024
    const [single, double] = [4, 8].map((size) => (bytes / (size * runs[0].numbers)).toFixed(1))
    console.log(`| ${name} | ${seconds} | ${Math.round(bytes / 1e6)} | ${single}, ${double} |`)
  }
}

function measure(name, path) {
  const [command, ...args] =
    name === 'pandas'
      ? [options.python, '-c', PANDAS, path]
      : [process.execPath, fileURLToPath(import.meta.url), '--read', name, '--file', path]
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return status === 0 ? JSON.parse(stdout) : undefined
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
