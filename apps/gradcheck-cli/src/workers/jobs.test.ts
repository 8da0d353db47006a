import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Tensor } from '@gosa/linalg'
import { afterAll, describe, expect, it } from 'vitest'
import { suiteCases } from '../suite/suite-cases.ts'
import type { Job, Settings } from './job.ts'
import { unpackReport } from './pack-report.ts'
import { perform } from './perform.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-perform-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'module.mjs')
writeFileSync(file, 'export const double = { x: 3, forward: (x) => 2 * x, backward: (dout) => 2 * dout }')

const book = {
  images: Float64Array.from({ length: 36 }, (_, i) => Math.max(0, Math.sin(i * i))),
  labels: Uint8Array.of(0, 2, 1),
  inputSize: 12,
  classes: 3,
}
const settings: Settings = { seed: 0, backend: 'wasm', options: {}, gradients: false, book }
const report = async (job: Job, more: Partial<Settings> = {}) => {
  const result = await perform(job, { ...settings, ...more }, () => {}, '/own')
  if ('report' in result) return result.report
  throw new Error('no report')
}

describe('perform', () => {
  it("checks rows of a weight of the book's network", async () => {
    const { ok, entries } = await report({ kind: 'book', rows: { name: 'W1', from: 3, to: 5 } })
    expect(ok).toBe(true)
    expect(entries).toMatchObject([{ name: 'W1', shape: [2, 50], compared: 100 }])
  })

  it('checks what is to be said of the whole, at some entries', async () => {
    const { ok, mode } = await report({ kind: 'book' })
    expect([ok, mode]).toEqual([true, 'sampled'])
    await expect(report({ kind: 'book' }, { book: undefined })).rejects.toThrow('there are no images')
  })

  it('checks a case of the suite by its number', async () => {
    expect((await report({ kind: 'suite', index: 2 })).name).toBe(suiteCases(0)[2].name)
  })

  it('lists the cases of a module, and checks one', async () => {
    expect(await perform({ kind: 'cases', file }, settings, () => {}, '/own')).toEqual({ names: ['double'] })
    expect((await report({ kind: 'module', file, index: 0 })).ok).toBe(true)
  })

  it('sends the gradients along where they are wanted', async () => {
    const job = { kind: 'suite', index: 0 } as const
    expect((await report(job)).entries[0].analytic).toBeUndefined()
    const packed = structuredClone(await report(job, { gradients: true }))
    const [{ analytic, shape }] = unpackReport(packed).entries
    expect(analytic).toBeInstanceOf(Tensor)
    expect(analytic?.shape).toEqual(shape)
  })

  it('tells how far it is', async () => {
    const shares: number[] = []
    await perform(
      { kind: 'book', rows: { name: 'b1', from: 0, to: 50 } },
      settings,
      (share) => shares.push(share),
      '/',
    )
    expect(shares.at(-1)).toBe(1)
  })
})
