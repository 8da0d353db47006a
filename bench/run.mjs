import { rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { start } from './contender.mjs'
import { contenders, counts, defaultPython } from './contenders.mjs'
import { prepareData } from './data.mjs'
import { report } from './report.mjs'
import { sizes } from './sizes.mjs'
import { tasks } from './tasks.mjs'
import { wholeRuns } from './whole-run.mjs'

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: process.env.GOSA_DATA_DIR },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.3' },
    tasks: { type: 'string', default: '' },
    only: { type: 'string' },
    python: { type: 'string', default: defaultPython() },
    out: { type: 'string', default: fileURLToPath(new URL('./RESULTS.md', import.meta.url)) },
    json: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
  },
})
const rounds = values.smoke ? 1 : Number(values.rounds)
const seconds = values.smoke ? 0.001 : Number(values.seconds)
const warmUp = values.smoke ? seconds : Math.max(1, seconds)
const chosen = tasks.filter(({ kind, name }) =>
  values.smoke
    ? !/256|512|1000|1024|numerical/.test(name)
    : name.includes(values.tasks) || kind === values.tasks,
)

const whole = !values.smoke && ['wholeRun', 'wholeCheck'].some((kind) => kind.includes(values.tasks))

const { folder, name: data } = prepareData(values['data-dir'], values.smoke ? 100 : undefined)
/** The running contenders, restarted for each kind of task, so that no engine profits from optimizations for another. */
let running = []
const stop = () => {
  for (const contender of running) contender.stop()
}
try {
  const results = []
  for (const kind of new Set(chosen.map(({ kind }) => kind))) {
    stop()
    running = []
    for (const contender of contenders(folder, values)) running.push(await start(contender))
    for (const task of chosen.filter((task) => task.kind === kind)) {
      results.push({ task, rows: await measured(task) })
      process.stderr.write(`${task.name}\n`)
    }
  }
  if (whole)
    results.push(
      ...wholeRuns({
        dataDir: values['data-dir'],
        python: values.python,
        threads: counts,
        rounds: Math.min(rounds, 3),
      }),
    )
  const found = {
    date: new Date().toISOString().slice(0, 10),
    command: [
      'pnpm bench',
      ...process.argv.slice(2).map((word) => (word.includes('/') ? 'FOLDER' : word)),
    ].join(' '),
    machine: `${cpus()[0].model.trim()}, ${cpus().length} cores, ${process.platform}, Node ${process.version}`,
    data,
    rounds,
    contenders: running.map(({ name, version, absent }) => ({ name, version, absent })),
    results,
    sizes: values.smoke ? undefined : await sizes(),
  }
  if (values.json) console.log(JSON.stringify(found))
  else if (values.smoke) console.log(report(found))
  else writeFileSync(values.out, report(found))
} finally {
  stop()
  rmSync(folder, { recursive: true })
}

/** Measures each contender at a task. */
async function measured(task) {
  const present = running.filter(({ absent }) => !absent)
  const rows = present.map(({ name }) => ({ name, times: [] }))
  // The first round warms up for at least a second: engines compile, libraries start their threads.
  for (let round = task.iterations ? 1 : 0; round <= rounds; round++) {
    for (const [i, contender] of present.entries()) {
      if (rows[i].cannot) continue
      const answer = await contender.ask(task, round > 0 ? seconds : warmUp)
      if (answer.seconds === undefined) rows[i].cannot = answer.cannot ?? 'failed'
      else if (round > 0) rows[i].times.push(answer.seconds)
    }
  }
  return rows
}
