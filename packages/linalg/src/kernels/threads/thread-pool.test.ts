import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { compress, createRng, type DType, matmul, randomNormal, setBackend, Tensor } from '../../index.ts'
import type { Backend } from '../backend.ts'
import { createMatmulCsr } from '../wasm/csr.ts'
import { createWasm } from '../wasm/index.ts'
import { createMatmul } from '../wasm/matmul.ts'
import { MODULE } from '../wasm/module.generated.ts'
import { decodeBase64 } from '../wasm/module.ts'
import { expectSame } from '../wasm/numbers.testing.ts'
import { startNodeThread } from './node-thread.ts'
import { workerComputesAlone } from './one-worker.testing.ts'
import { createThreadPool, type StartThread, type ThreadPool } from './thread-pool.ts'

const failing = (reason: string): never => {
  throw new Error(reason)
}

/** Returns a backend whose products of any size are computed by a thread pool. */
function backendOf({ kernelsFor }: ThreadPool): Backend {
  const wasm = createWasm() as Backend
  return { ...wasm, matmul: createMatmul(kernelsFor), matmulCsr: createMatmulCsr(kernelsFor) }
}

describe('a thread pool', () => {
  const pools = [1, 2, 3].map((count) =>
    createThreadPool(decodeBase64(MODULE), count, startNodeThread, failing),
  )
  afterAll(() => {
    for (const pool of pools) pool.stop()
    setBackend('wasm')
  })

  /** Compares products of all kinds by each pool with those by this thread alone. */
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
    ]
    setBackend('wasm')
    const expected = products().map(({ data }) => data)
    for (const pool of pools) {
      setBackend(backendOf(pool))
      products().forEach(({ data }, i) => {
        expectSame(data, expected[i])
      })
    }
  }

  it('computes the same bits as one thread, for any number of threads, random shapes, dense and sparse operands', () => {
    const length = fc.integer({ min: 1, max: 70 })
    const dtype = fc.constantFrom<DType>('float32', 'float64')
    const seed = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(fc.property(length, length, length, dtype, seed, fc.constantFrom(0, 0.8), check))
  })

  it('computes the same bits in several blocks and pipeline parts', () => {
    check(700, 530, 600, 'float32', 1, 0)
    check(700, 530, 600, 'float64', 2, 0.8)
    check(1030, 1030, 26, 'float32', 3, 0.8)
  })

  it('computes in a worker while this thread does nothing', async () => {
    expect(await workerComputesAlone(startNodeThread)).toBe(true)
  })

  it('throws after a timeout if a thread dies while it computes', () => {
    const dying: StartThread = (init) => {
      const code = `
        const { words } = require('node:worker_threads').workerData
        while (Atomics.load(words, 0) <= 0);
        Atomics.sub(words, 0, 1)
        process.exit()`
      const worker = new Worker(code, { eval: true, workerData: init, execArgv: [] })
      return () => worker.terminate()
    }
    const pool = createThreadPool(decodeBase64(MODULE), 2, dying, failing, 500)
    const { kernelsFor } = pool
    const [x, out] = [new Float32Array(400 * 400), new Float32Array(400 * 400)]
    const product = () =>
      createMatmul(kernelsFor)(x, x, out, { m: 400, k: 400, n: 400 }, { a: false, b: false })
    expect(() => {
      for (let i = 0; i < 10_000; i++) product()
    }).toThrow('did not complete its work')
    pool.stop()
  })
})
