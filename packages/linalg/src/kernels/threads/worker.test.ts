import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../wasm/index.ts'
import { MODULE } from '../wasm/module.generated.ts'
import { createThreadPool, THREAD_LOCAL_BYTES } from './pool.ts'
import { createReceiver, MESSAGES, type Message, SLEEPING } from './worker.ts'

const failing = (reason: string): never => {
  throw new Error(reason)
}

describe('createReceiver, which a worker thread runs', () => {
  it('computes rows of the memories that it was told of, and returns when another message was posted', () => {
    const posted: Message[] = []
    const thread = { post: (message: Message) => posted.push(message), stop: () => {} }
    const pool = createThreadPool(decodeBase64(MODULE), 2, () => thread, failing, { minNanoseconds: 0 })
    const memory = pool.memoryFor(undefined)
    const other = pool.createMemory(1000)
    expect(posted).toEqual([])
    const x = new Float32Array(64).fill(3)
    memory.kernels(x).relu(memory.copyIn(x), memory.copyIn(x), x.length)
    expect(posted.map(({ kind }) => kind)).toEqual(['start', 'memory', 'memory'])
    const receive = createReceiver()
    const [start, first, second] = posted
    // Two messages wait: the thread returns at once, to receive them.
    receive(start)
    receive(first)
    if (start.kind !== 'start' || second.kind !== 'memory') throw new Error('unexpected messages')
    const words = new Int32Array(start.queue)
    expect(words[MESSAGES]).toBe(3)
    expect(words[SLEEPING]).toBe(0)
    expect(second.threadLocal + THREAD_LOCAL_BYTES).toBeLessThanOrEqual(other.scratch(0))

    // The last one is received while there is a job on the other memory.
    let rounds = 1
    const lastReceiver = createReceiver(() => rounds-- > 0)
    for (const message of posted) {
      rounds = 1
      lastReceiver(message)
    }
    for (const target of [memory, other]) {
      const address = target.copyIn(x)
      target.kernels(x).square(address, address, x.length)
      expect([...target.elements(x).subarray(address / 4, address / 4 + 64)]).toEqual(Array(64).fill(9))
    }
  })
})
