import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { compress, createRng, type DType, matmul, randomNormal, setBackend, Tensor } from '../../index.ts'
import type { Backend } from '../backend.ts'
import { matmulCsrWith } from '../wasm/csr.ts'
import { createWasm } from '../wasm/index.ts'
import { matmulWith } from '../wasm/matmul.ts'
import { MODULE } from '../wasm/module.generated.ts'
import { decode } from '../wasm/module.ts'
import { expectSame } from '../wasm/numbers.testing.ts'
import { startNodeThread } from './node-thread.ts'
import { createTeam, type StartThread } from './thread-pool.ts'
import { othersWork } from './wait-for-worker.testing.ts'

const failing = (reason: string): never => {
  throw new Error(reason)
}

/** The backend of a team, which shares out products of any size. */
function backendOf(team: ReturnType<typeof createTeam>): Backend {
  const { kernelsFor } = team
  const own = createWasm() as Backend
  return { ...own, matmul: matmulWith(kernelsFor), matmulCsr: matmulCsrWith(kernelsFor) }
}

describe('a team of threads', () => {
  const teams = [1, 2, 3].map((count) => createTeam(decode(MODULE), count, startNodeThread, failing))
  afterAll(() => {
    for (const team of teams) team.stop()
    setBackend('wasm')
  })

  /** Products of all kinds, by each team and by this thread alone. */
  function check(m: number, k: number, n: number, dtype: DType, seed: number, zeros: number): void {
    const rng = createRng(seed)
    const random = (rows: number, columns: number, share = 0): Tensor => {
      const dense = randomNormal([rows, columns], { rng, dtype })
      const data = dense.data.map((value) => (rng.uniform() < share ? 0 : value))
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
    for (const team of teams) {
      setBackend(backendOf(team))
      products().forEach(({ data }, i) => {
        expectSame(data, expected[i])
      })
    }
  }

  it('computes the bits of one thread, over random shapes, dense and mostly zeros, for any number of threads', () => {
    const length = fc.integer({ min: 1, max: 70 })
    const dtype = fc.constantFrom<DType>('float32', 'float64')
    const seed = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(fc.property(length, length, length, dtype, seed, fc.constantFrom(0, 0.8), check))
  })

  it('does so in several blocks and pieces', () => {
    check(700, 530, 600, 'float32', 1, 0)
    check(700, 530, 600, 'float64', 2, 0.8)
    check(1030, 1030, 26, 'float32', 3, 0.8)
  })

  it('works while this thread does nothing', async () => {
    expect(await othersWork(startNodeThread)).toBe(true)
  })

  it('fails, but does not wait for ever, where a thread dies amid its work', () => {
    const dying: StartThread = (assignment) => {
      const code = `
        const { words } = require('node:worker_threads').workerData
        while (Atomics.load(words, 0) <= 0);
        Atomics.sub(words, 0, 1)
        process.exit()`
      const worker = new Worker(code, { eval: true, workerData: assignment, execArgv: [] })
      return () => worker.terminate()
    }
    const team = createTeam(decode(MODULE), 2, dying, failing, 500)
    const { kernelsFor } = team
    const [x, out] = [new Float32Array(400 * 400), new Float32Array(400 * 400)]
    const product = () =>
      matmulWith(kernelsFor)(x, x, out, { m: 400, k: 400, n: 400 }, { a: false, b: false })
    expect(() => {
      for (let i = 0; i < 10_000; i++) product()
    }).toThrow('does not finish its work')
    team.stop()
  })
})
