import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * Starts a contender: a process that reads lines of JSON, `{ task, seconds }`, and answers each with `{ seconds }`, the
 * median time of the task measured over about `seconds`, or `{ cannot }` with the reason. Its first line is `{ version }`,
 * or `{ absent }` with the reason.
 */
export async function start({ name, command, args, env = {} }) {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  })
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async () => {
    const { value, done } = await lines.next()
    return done ? { absent: 'it does not start here' } : JSON.parse(value)
  }
  const { version, absent } = await read()
  return {
    name,
    version,
    absent,
    ask(task, seconds) {
      child.stdin.write(`${JSON.stringify({ task, seconds })}\n`)
      return read()
    },
    stop: () => child.kill(),
  }
}

/** The contender's side, in JavaScript: `prepare(task)` returns a function that performs it once, or a reason why not. */
export async function serve(version, prepare) {
  console.log(JSON.stringify({ version }))
  const prepared = new Map()
  for await (const line of createInterface({ input: process.stdin })) {
    const { task, seconds } = JSON.parse(line)
    if (!prepared.has(task.name)) prepared.set(task.name, prepare(task))
    const run = prepared.get(task.name)
    console.log(
      JSON.stringify(typeof run === 'function' ? await measure(run, task, seconds) : { cannot: run }),
    )
  }
}

async function measure(run, { iterations }, seconds) {
  const times = []
  const end = performance.now() + seconds * 1000
  while (iterations ? times.length < iterations : performance.now() < end || times.length < 3) {
    const start = performance.now()
    const result = run()
    if (result instanceof Promise) await result
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return { seconds: times[times.length >> 1] / 1000 }
}
