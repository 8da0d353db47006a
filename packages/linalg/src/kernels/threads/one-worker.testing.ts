/** A check that a worker thread computes: it runs in Node and in browsers, which start threads differently. */
import { MODULE } from '../wasm/module.generated.ts'
import { decodeBase64 } from '../wasm/module.ts'
import { CLAIMED, publish, waitUntilDone } from './job-queue.ts'
import { createThreadPool, type StartThread } from './thread-pool.ts'
import type { WorkerInit } from './worker.ts'

/** Resolves to true when a worker has computed a whole job, of which this thread computes nothing. */
export async function workerComputesAlone(start: StartThread): Promise<boolean> {
  let given: WorkerInit | undefined
  const pool = createThreadPool(
    decodeBase64(MODULE),
    2,
    (init, onExit) => {
      given = init
      return start(init, onExit)
    },
    (reason) => {
      throw new Error(reason)
    },
  )
  const { words } = given as unknown as WorkerInit
  const { scratchStart } = pool.kernelsFor(new Float64Array())
  const [a, b, c] = [0, 1000, 2000].map((offset) => 8 * (scratchStart + offset))
  const integers = [CLAIMED, 5, 10, 0]
  const rows = { total: 50, unit: 4, aStride: 40, cStride: 80 }
  publish(words, { kernel: 'multiply', isFloat64: true, a, b, c, integers, ...rows }, 2)
  while (!waitUntilDone(words, 50)) await new Promise((resolve) => setTimeout(resolve, 10))
  pool.stop()
  return true
}
