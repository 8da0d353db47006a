import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { MODULE } from '../wasm/module.generated.ts'
import { decode } from '../wasm/module.ts'
import { createTeam } from './thread-pool.ts'
import { type Assignment, work } from './worker.ts'

const failing = (reason: string): never => {
  throw new Error(reason)
}

describe('what a thread does', () => {
  /** Threads that only wake what sleeps on the first word. */
  const wakers: Worker[] = []
  afterEach(() => {
    for (const waker of wakers) waker.terminate()
  })

  it('takes rows until none are left, then looks out for more, sleeps, and wakes when told', () => {
    let assigned: Assignment | undefined
    const team = createTeam(decode(MODULE), 2, (assignment) => (assigned = assignment) && (() => {}), failing)
    const { memory, start, ...kernels } = team.kernelsFor(new Float32Array())
    memory.fill(1, start, start + 200)
    const [a, b, c] = [0, 100, 200].map((from) => 4 * (start + from))
    kernels.multiply(a, b, c, 5, 3, 2, false)
    const { words } = assigned as Assignment
    const code =
      "const words = require('node:worker_threads').workerData; setInterval(() => Atomics.notify(words, 0), 5)"
    wakers.push(new Worker(code, { eval: true, workerData: words, execArgv: [] }))
    let lives = 2
    work(assigned as Assignment, () => lives-- > 0)
    kernels.finish()
    expect([...memory.subarray(start + 200, start + 210)]).toEqual(Array(10).fill(3))
  })
})
