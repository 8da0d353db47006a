import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRng, randomNormal, tensor } from '@gosa/linalg'
import { Adam } from '@gosa/optim'
import type { TrainingState } from '@gosa/training'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type CheckpointConfig,
  decodeCheckpoint,
  encodeCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoints.ts'

const CONFIG: CheckpointConfig = {
  network: 'two-layer',
  layers: [3, 2],
  activation: 'relu',
  dtype: 'float32',
  optimizer: 'adam',
  dataSha256: 'abc',
}

/** A state after one step of Adam, with numbers that survive only if every bit does. */
function stateAt(iteration: number): TrainingState {
  const rng = createRng(iteration)
  const weights = {
    W1: randomNormal([3, 2], { rng, dtype: 'float32' }),
    b1: tensor([1 / 3, -0], { dtype: 'float32' }),
  }
  const optimizer = new Adam()
  optimizer.step(Object.entries(weights).map(([name, value]) => ({ name, value, grad: value.clone() })))
  return {
    iteration,
    rng: rng.state,
    optimizer: optimizer.state(),
    weights,
    losses: { sum: 0.1 + 0.2, count: 3 },
  }
}

describe('encodeCheckpoint', () => {
  it('keeps every bit of a state', () => {
    expect(decodeCheckpoint(encodeCheckpoint(CONFIG, stateAt(7)))).toEqual({
      config: CONFIG,
      state: stateAt(7),
    })
  })

  it('writes bytes of which any change is noticed', () => {
    const bytes = encodeCheckpoint(CONFIG, stateAt(7))
    for (let at = 0; at < bytes.length; at += 3) {
      const damaged = bytes.slice()
      damaged[at] ^= 1
      expect(() => decodeCheckpoint(damaged)).toThrow()
    }
  })

  it('writes bytes of which any truncation is noticed', () => {
    const bytes = encodeCheckpoint(CONFIG, stateAt(7))
    for (let length = 0; length < bytes.length; length += 5) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow()
    }
  })
})

describe('the checkpoints of a run', () => {
  let run = ''
  beforeEach(() => {
    run = mkdtempSync(join(tmpdir(), 'gosa-run-'))
  })
  afterEach(() => rmSync(run, { recursive: true }))
  const files = () => readdirSync(join(run, 'checkpoint')).sort()

  it('do not exist at first', async () => {
    expect(await readCheckpoint(run, CONFIG, expect.fail)).toBeUndefined()
  })

  it('are the two newest ones, of which the newest is read', async () => {
    for (const iteration of [5, 10, 100]) await writeCheckpoint(run, CONFIG, stateAt(iteration))
    expect(files()).toEqual(['10.safetensors', '100.safetensors'])
    expect(await readCheckpoint(run, CONFIG, expect.fail)).toEqual(stateAt(100))
  })

  it('include one before the newest, which is read if the newest is damaged', async () => {
    for (const iteration of [5, 10]) await writeCheckpoint(run, CONFIG, stateAt(iteration))
    const newest = join(run, 'checkpoint', '10.safetensors')
    writeFileSync(newest, readFileSync(newest).subarray(0, 300))
    const warnings: string[] = []
    expect(await readCheckpoint(run, CONFIG, (warning) => warnings.push(warning))).toEqual(stateAt(5))
    expect(warnings).toEqual([expect.stringContaining('10.safetensors is damaged')])
  })

  it.each<[Partial<CheckpointConfig>, string]>([
    [{ layers: [3, 4, 2] }, 'layers of 3-4-2, not 3-2'],
    [{ activation: 'tanh' }, 'activation tanh, not relu'],
    [{ dtype: 'float64' }, 'dtype float64, not float32'],
    [{ optimizer: 'sgd' }, 'optimizer sgd, not adam'],
    [{ dataSha256: 'abd' }, 'other images'],
  ])('are left out and named if they are those of another run: %j', async (other, misfit) => {
    await writeCheckpoint(run, CONFIG, stateAt(5))
    await writeCheckpoint(run, { ...CONFIG, ...other }, stateAt(10))
    const warnings: string[] = []
    expect(await readCheckpoint(run, CONFIG, (warning) => warnings.push(warning))).toEqual(stateAt(5))
    expect(warnings).toEqual([
      expect.stringContaining(`10.safetensors is not of this run (${misfit}) and skipped`),
    ])
  })

  it('are read after a killed process left an unfinished file', async () => {
    await writeCheckpoint(run, CONFIG, stateAt(5))
    writeFileSync(join(run, 'checkpoint', '.9.safetensors.abc.unfinished'), 'half')
    await readCheckpoint(run, CONFIG, expect.fail)
    expect(files()).toEqual(['5.safetensors'])
  })

  it('need a writable folder', async () => {
    writeFileSync(join(run, 'checkpoint'), 'a file')
    await expect(writeCheckpoint(run, CONFIG, stateAt(1))).rejects.toThrow('cannot write')
  })
})
