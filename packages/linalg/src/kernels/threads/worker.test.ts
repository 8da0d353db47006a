import { describe, expect, it } from 'vitest'
import { decodeHex } from '../wasm/index.ts'
import { MODULE } from '../wasm/module.generated.ts'
import { KERNEL_NAMES } from '../wasm/signatures.generated.ts'
import { createThreadPool, THREAD_LOCAL_BYTES } from './pool.ts'
import {
  computeRows,
  createQueue,
  createReceiver,
  type Job,
  MESSAGES,
  type Message,
  publish,
} from './worker.ts'

const failing = (reason: string): never => {
  throw new Error(reason)
}

describe('createReceiver, which a worker thread runs', () => {
  it('computes jobs on the memories that it was told of, after it has received all messages', () => {
    const posted: Message[] = []
    const thread = { post: (message: Message) => posted.push(message), stop: () => {} }
    const pool = createThreadPool(decodeHex(MODULE), 2, () => thread, failing, { minNanoseconds: 0 })
    const memory = pool.memoryFor(undefined)
    const other = pool.createMemory(1000)
    expect(posted).toEqual([])
    const x = new Float32Array(64).fill(3)
    const address = other.copyIn(x)
    memory.kernels(x).relu(memory.copyIn(x), memory.copyIn(x), x.length)
    expect(posted.map(({ kind }) => kind)).toEqual(['start', 'memory', 'memory'])
    const [start, , second] = posted
    if (start.kind !== 'start' || second.kind !== 'memory') throw new Error('unexpected messages')
    const queue = createQueue(start.queue)
    expect(queue.words[MESSAGES]).toBe(3)
    expect(second.threadLocal + THREAD_LOCAL_BYTES).toBeLessThanOrEqual(other.scratch(0))

    const kernel = KERNEL_NAMES.indexOf('square')
    const call = { kernel, arguments: [address, address, 64], strides: [4, 4], count: 2, total: 64, unit: 16 }
    publish(queue, { ...call, memory: second.id }, 2)
    const result = () => [...other.elements(x).subarray(address / 4, address / 4 + 64)]
    const receive = createReceiver(() => result()[63] === 3)
    // While messages wait it computes nothing, and returns to receive them.
    receive(posted[0])
    receive(posted[1])
    expect(result()).toEqual(Array(64).fill(3))
    receive(posted[2])
    expect(result()).toEqual(Array(64).fill(9))
  })
})

describe('computeRows', () => {
  it('claims no rows of a later job by what it has read of the one before', () => {
    const queue = createQueue()
    const called: [memory: number, kernel: number, argument: number][] = []
    const kernelsOf = (memory: number) =>
      [0, 1].map((kernel) => (argument: number) => void called.push([memory, kernel, argument]))
    const job = (memory: number, argument: number): Job => ({
      memory,
      kernel: memory,
      arguments: [argument, 8],
      strides: [],
      count: 1,
      total: 8,
      unit: 8,
    })
    publish(queue, job(0, 10), 1)
    let isInterrupted = false
    computeRows(queue, (memory) => {
      if (!isInterrupted) {
        // Between its look at the job and its claim another thread completes the job, and the next has as many rows.
        isInterrupted = true
        computeRows(queue, kernelsOf)
        publish(queue, job(1, 20), 1)
      }
      return kernelsOf(memory)
    })
    expect(called).toEqual([
      [0, 0, 10],
      [1, 1, 20],
    ])
  })
})
