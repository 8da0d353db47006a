/**
 * Shows where the time goes: `node bench/profile.mjs TASK [--threads 1] [--seconds 2] [--data-dir FOLDER]`. Profiles one of
 * the tasks that `run.mjs` measures (TASK is a part of its name, for example "10000 rows"), or the processes `import`,
 * `gradcheck` or `wholeRun`, by V8's sampling. Time in WebAssembly is attributed to the kernels of the calling file.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { prepareData } from './data.mjs'
import { tasks } from './tasks.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '2' },
    'data-dir': { type: 'string', default: process.env.GOSA_DATA_DIR },
  },
})
const root = fileURLToPath(new URL('..', import.meta.url))
const data = ['--data-dir', values['data-dir'] ?? '']
const processes = {
  import: [
    '--cpu-prof-interval',
    '50',
    '--input-type=module',
    '-e',
    `await import('${import.meta.resolve('@gosa/networks')}')`,
  ],
  gradcheck: [join(root, 'apps/gradcheck-cli/dist/main.js'), '--threads', values.threads, '-q'],
  wholeRun: [join(root, 'apps/trainer/dist/main.js'), '--data', 'mnist', ...data, '--json'],
}
const [wanted = ''] = positionals
const task = tasks.find(({ name, kind }) => kind === wanted || name.includes(wanted))
if (!wanted || !(task || wanted in processes)) {
  console.error(
    `profile: give one of ${[...Object.keys(processes), ...tasks.map(({ name }) => name)].join('; ')}`,
  )
  process.exit(2)
}

/** Source maps by file; `undefined` for files that were not compiled. */
const maps = new Map()
const folder = mkdtempSync(join(tmpdir(), 'gosa-profile-'))
try {
  const rows = wanted in processes ? profileOf(processes[wanted]) : profileOfTask(task)
  const total = rows.reduce((sum, { time }) => sum + time, 0)
  console.log(
    `${task?.name ?? wanted}, ${values.threads === '1' ? 'one thread' : `${values.threads} threads`}, Node ${process.version}`,
  )
  for (const { time, what } of rows.filter(({ time }) => time >= total / 100)) {
    console.log(`${((100 * time) / total).toFixed(0).padStart(4)} %  ${what}`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** The profile of a task as Gosa performs it: of its last seconds, when everything is compiled. */
function profileOfTask({ iterations, ...task }) {
  const images = prepareData(values['data-dir'])
  const script = join(root, 'bench/contenders/gosa.mjs')
  const seconds = Number(values.seconds)
  const requests = [seconds / 2, seconds].map((seconds) => `${JSON.stringify({ task, seconds })}\n`).join('')
  try {
    return profileOf([script, images.folder, 'wasm', 'compressed', values.threads], requests, seconds)
  } finally {
    rmSync(images.folder, { recursive: true })
  }
}

/** Time by file, of a process or of its last seconds; with several threads, that of the busiest one. */
function profileOf(args, input, seconds = Infinity) {
  const { status, stderr } = spawnSync(process.execPath, ['--cpu-prof', '--cpu-prof-dir', folder, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the process ends with ${status}: ${stderr}`)
  const profiles = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => timesOf(JSON.parse(readFileSync(join(folder, name), 'utf8')), seconds))
  const busy = (rows) => rows.reduce((sum, { time, what }) => sum + (what === 'waiting' ? 0 : time), 0)
  return profiles.toSorted((a, b) => busy(b) - busy(a))[0]
}

function timesOf({ nodes, samples, timeDeltas, endTime }, seconds) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const names = new Map(nodes.map(({ id }) => [id, nameOf(id)]))
  const times = new Map()
  let now = endTime
  for (let i = samples.length - 1; i >= 0 && now > endTime - 1e6 * seconds; i--) {
    const name = names.get(samples[i])
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i])
    now -= timeDeltas[i]
  }
  return [...times].map(([what, time]) => ({ what, time })).sort((a, b) => b.time - a.time)

  function nameOf(id) {
    const { callFrame } = byId.get(id)
    const { functionName, url } = callFrame
    if (functionName === '(garbage collector)') return 'garbage collector'
    if (functionName === '(idle)') return 'waiting'
    if (url.startsWith('file:')) return sourceOf(callFrame)
    if (!url.startsWith('wasm:') && !/js-to-wasm|JSToWasm/.test(functionName)) return 'Node itself'
    for (let parent = parents.get(id); parent !== undefined; parent = parents.get(parent)) {
      const caller = byId.get(parent).callFrame
      if (caller.url.startsWith('file:')) return `${sourceOf(caller)}: its kernels`
    }
    return 'Node itself'
  }
}

/** The source file of a function. */
function sourceOf({ url, lineNumber, columnNumber }) {
  const file = fileURLToPath(url)
  const map = mapOf(file)
  const source = map?.findEntry(lineNumber, columnNumber).originalSource
  return relative(root, source ? resolve(dirname(file), source) : file)
}

function mapOf(file) {
  if (!maps.has(file)) {
    let map
    try {
      map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
    } catch {
      map = undefined
    }
    maps.set(file, map)
  }
  return maps.get(file)
}
