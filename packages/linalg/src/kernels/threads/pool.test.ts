import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import {
  add,
  axpy,
  compress,
  createRng,
  type DType,
  exp,
  logSoftmax,
  matmul,
  mul,
  randomNormal,
  relu,
  setBackend,
  Tensor,
  Workspace,
} from '../../index.ts'
import type { Backend } from '../backend.ts'
import { createWasm, decodeHex, setThreadPools, type ThreadPool } from '../wasm/index.ts'
import { instantiate } from '../wasm/memory.ts'
import { MODULE } from '../wasm/module.generated.ts'
import { expectSame } from '../wasm/numbers.testing.ts'
import { startNodeThread } from './node-thread.ts'
import { workerComputesAlone } from './one-worker.testing.ts'
import { createThreadPool, type StartThread, THREAD_LOCAL_BYTES } from './pool.ts'

const failing = (reason: string): never => {
  throw new Error(reason)
}

/** Returns what `compute` returns if a pool takes over all memories. */
function using<T>(pool: ThreadPool | undefined, compute: () => T): T {
  setThreadPools(pool && (() => pool))
  setBackend(createWasm() as Backend)
  return compute()
}

describe('a thread pool', () => {
  const pools = [1, 2, 3].map((count) =>
    createThreadPool(decodeHex(MODULE), count, startNodeThread, failing, { minNanoseconds: 0 }),
  )
  afterEach(() => setThreadPools(undefined))
  afterAll(() => {
    for (const pool of pools) pool.stop()
    setBackend('wasm')
  })

  const inPlace = (x: Tensor): Tensor => {
    const y = x.clone()
    axpy(0.5, x, y)
    return y
  }

  /** Compares products and elementwise operations of all kinds by each pool with those by this thread alone. */
  function check(m: number, k: number, n: number, dtype: DType, seed: number, zeros: number): void {
    const rng = createRng(seed)
    const random = (rows: number, columns: number, zeroShare = 0): Tensor => {
      const dense = randomNormal([rows, columns], { rng, dtype })
      const data = dense.data.map((value) => (rng.uniform() < zeroShare ? 0 : value))
      return new Tensor(data, dense.shape)
    }
    const [a, aT] = [random(m, k, zeros), random(k, m, zeros)]
    const [b, bT] = [random(k, n), random(n, k)]
    const products = () => [
      matmul(a, b),
      matmul(aT, b, { transposeA: true }),
      matmul(a, bT, { transposeB: true }),
      matmul(aT, bT, { transposeA: true, transposeB: true }),
      matmul(compress(a), b),
      matmul(compress(aT), b, { transposeA: true }),
      ...[add(b, b), mul(b, b.row(0)), add(b, 1), relu(b), exp(b), logSoftmax(b)],
      ...[inPlace(b), new Workspace({ holds: [b.clone()] }).run(() => add(a, 2))],
    ]
    const expected = using(undefined, products)
    for (const pool of pools) {
      using(pool, products).forEach(({ data }, i) => {
        expectSame(data, expected[i].data)
      })
    }
  }

  it('computes the same bits as one thread, for any number of threads, random shapes, dense and sparse operands', () => {
    const length = fc.integer({ min: 1, max: 70 })
    const dtype = fc.constantFrom<DType>('float32', 'float64')
    const seed = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(fc.property(length, length, length, dtype, seed, fc.constantFrom(0, 0.8), check))
  })

  it('computes the same bits in several blocks', () => {
    check(700, 530, 600, 'float32', 1, 0)
    check(700, 530, 600, 'float64', 2, 0.8)
    check(1030, 1030, 26, 'float32', 3, 0.8)
  })

  it('computes in a worker while this thread does nothing', async () => {
    expect(await workerComputesAlone(startNodeThread)).toBe(true)
  })

  it('gives each workspace memory on which all threads compute, without copies', () => {
    const [W, x] = [0, 1].map((seed) => randomNormal([300, 300], { rng: createRng(seed), dtype: 'float32' }))
    const expected = using(undefined, () => matmul(x, W))
    using(pools[1], () => {
      const workspace = new Workspace({ holds: [W] })
      expect(W.data.buffer).toBeInstanceOf(SharedArrayBuffer)
      const product = workspace.run(() => matmul(x, W))
      expect(product.data.buffer).toBe(W.data.buffer)
      expectSame(product.data, expected.data)
    })
  })

  it('reserves for each thread the memory that the module says it needs', () => {
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 2 })
    const exports = instantiate(new WebAssembly.Module(decodeHex(MODULE)), memory)
    expect((exports.threadLocalBytes as WebAssembly.Global).value).toBe(THREAD_LOCAL_BYTES)
  })

  it('throws after a timeout if a thread dies while it computes', () => {
    const dying: StartThread = () => {
      const code = `
        require('node:worker_threads').parentPort.on('message', ({ kind, queue }) => {
          if (kind !== 'start') return
          const words = new Int32Array(queue)
          while (Atomics.load(words, 0) <= 0);
          Atomics.sub(words, 0, 1)
          process.exit()
        })`
      const worker = new Worker(code, { eval: true, execArgv: [] })
      return { post: (message) => worker.postMessage(message), stop: () => worker.terminate() }
    }
    const pool = createThreadPool(decodeHex(MODULE), 2, dying, failing, { timeoutMs: 500 })
    const x = new Tensor(new Float32Array(400 * 400), [400, 400])
    expect(() =>
      using(pool, () => {
        for (let i = 0; i < 10_000; i++) matmul(x, x)
      }),
    ).toThrow('did not complete its work')
    pool.stop()
  })
})
