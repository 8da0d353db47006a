import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Tensor } from '@gosa/linalg'
import { afterAll, describe, expect, it } from 'vitest'
import { type CaseResult, withTensors } from '../cases/case-result.ts'
import { suiteCases } from '../cases/suite.ts'
import { type Job, performJob, type WorkerSettings } from './jobs.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-jobs-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'module.mjs')
writeFileSync(file, 'export const double = { x: 3, forward: (x) => 2 * x, backward: (dout) => 2 * dout }')

const book = {
  images: Float64Array.from({ length: 36 }, (_, i) => Math.max(0, Math.sin(i * i))),
  labels: Uint8Array.of(0, 2, 1),
  inputSize: 12,
  classes: 3,
}
const settings: WorkerSettings = { seed: 0, backend: 'wasm', options: {}, keepGradients: false, book }
const check = async (job: Job, more: Partial<WorkerSettings> = {}) =>
  (await performJob(job, { ...settings, ...more }, () => {}, '/own')) as CaseResult

describe('performJob', () => {
  it("checks a slice of a weight of the book's network", async () => {
    const { ok, entries } = await check({ kind: 'book', slice: { name: 'W1', from: 3, to: 5 } })
    expect(ok).toBe(true)
    expect(entries).toMatchObject([{ name: 'W1', shape: [2, 50], compared: 100 }])
  })

  it("checks the book's network as a whole at a sample of entries", async () => {
    const { ok, settings } = await check({ kind: 'book' })
    expect([ok, settings?.mode]).toEqual([true, 'sampled'])
    await expect(check({ kind: 'book' }, { book: undefined })).rejects.toThrow('the book check needs images')
  })

  it('checks a case of the suite by its index', async () => {
    expect((await check({ kind: 'suite', index: 2 })).name).toBe(suiteCases(0)[2].name)
  })

  it('lists the cases of a module, and checks one', async () => {
    expect(await performJob({ kind: 'list-cases', file }, settings, () => {}, '/own')).toEqual(['double'])
    expect((await check({ kind: 'module', file, index: 0 })).ok).toBe(true)
  })

  it('returns the gradients only with keepGradients', async () => {
    const job = { kind: 'suite', index: 0 } as const
    expect((await check(job)).entries[0].analytic).toBeUndefined()
    const sent = structuredClone(await check(job, { keepGradients: true }))
    const [{ analytic, shape }] = withTensors(sent.entries)
    expect(analytic).toBeInstanceOf(Tensor)
    expect(analytic?.shape).toEqual(shape)
  })

  it('reports its progress', async () => {
    const shares: number[] = []
    const job = { kind: 'book', slice: { name: 'b1', from: 0, to: 50 } } as const
    await performJob(job, settings, (share) => shares.push(share), '/')
    expect(shares.at(-1)).toBe(1)
  })
})
