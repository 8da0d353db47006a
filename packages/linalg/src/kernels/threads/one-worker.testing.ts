/** A check that a worker thread computes: it runs in Node and in browsers, which start threads differently. */

import { decodeHex } from '../wasm/index.ts'
import { MODULE } from '../wasm/module.generated.ts'
import { KERNEL_NAMES } from '../wasm/signatures.generated.ts'
import { createThreadPool, type StartThread } from './pool.ts'
import { createQueue, publish, type Queue, waitUntilDone } from './worker.ts'

/** Resolves to true when a worker has computed a whole job, of which this thread computes nothing. */
export async function workerComputesAlone(start: StartThread): Promise<boolean> {
  let queue: Queue | undefined
  const pool = createThreadPool(
    decodeHex(MODULE),
    2,
    (onExit) => {
      const thread = start(onExit)
      return {
        ...thread,
        post: (message) => {
          if (message.kind === 'start') queue = createQueue(message.queue)
          thread.post(message)
        },
      }
    },
    (reason) => {
      throw new Error(reason)
    },
    { minNanoseconds: 0 },
  )
  const memory = pool.memoryFor(undefined)
  const x = new Float64Array(100).fill(2)
  const address = memory.copyIn(x)
  // Starts the worker, which may or may not take part in this call.
  memory.kernels(x).square(address, address, 100)
  const kernel = KERNEL_NAMES.length + KERNEL_NAMES.indexOf('square')
  const job = {
    memory: 0,
    kernel,
    arguments: [address, address, 100],
    strides: [8, 8],
    count: 2,
    total: 100,
    unit: 4,
  }
  publish(queue as Queue, job, 2)
  while (!waitUntilDone(queue as Queue, 50)) await new Promise((resolve) => setTimeout(resolve, 10))
  memory.store(address, x)
  pool.stop()
  return x.every((value) => value === 16)
}
