import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { MODULE } from '../wasm/module.generated.ts'
import { decodeBase64 } from '../wasm/module.ts'
import { createThreadPool } from './thread-pool.ts'
import { type WorkerInit, work } from './worker.ts'

const failing = (reason: string): never => {
  throw new Error(reason)
}

describe('work, which a worker thread runs', () => {
  /** Threads that do nothing but wake whoever sleeps on the first word of the queue. */
  const wakers: Worker[] = []
  afterEach(() => {
    for (const waker of wakers) waker.terminate()
  })

  it('computes rows until none remain, spins for more, sleeps, and wakes when notified', () => {
    let given: WorkerInit | undefined
    const pool = createThreadPool(decodeBase64(MODULE), 2, (init) => (given = init) && (() => {}), failing)
    const { memory, scratchStart, ...kernels } = pool.kernelsFor(new Float32Array())
    memory.fill(1, scratchStart, scratchStart + 200)
    const [a, b, c] = [0, 100, 200].map((offset) => 4 * (scratchStart + offset))
    kernels.multiply(a, b, c, 5, 3, 2, false)
    const { words } = given as WorkerInit
    const code =
      "const words = require('node:worker_threads').workerData; setInterval(() => Atomics.notify(words, 0), 5)"
    wakers.push(new Worker(code, { eval: true, workerData: words, execArgv: [] }))
    let rounds = 2
    work(given as WorkerInit, () => rounds-- > 0)
    kernels.flush()
    expect([...memory.subarray(scratchStart + 200, scratchStart + 210)]).toEqual(Array(10).fill(3))
  })
})
