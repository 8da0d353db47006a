import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tensor } from '@gosa/linalg'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../command.testing.ts'
import { eventIn, recordsIn } from './tensorboard.testing.ts'
import { type TensorBoardSource, tensorboardObserver } from './tensorboard.ts'

const folders: ReturnType<typeof temporaryFolder>[] = []
afterAll(() => folders.forEach(({ remove }) => void remove()))
function newFolder() {
  folders.push(temporaryFolder())
  return folders[folders.length - 1].path
}

/** A run of 40 iterations, ten per epoch, of a model with two weights. */
const run = (folder: string, iteration = 0): TensorBoardSource => ({
  folder,
  config: { iterations: 40, batchSize: 10, learningRate: 0.125 },
  data: { train: { t: new Uint8Array(100) } },
  model: {
    parameters: () => [
      { name: 'W1', value: tensor([-1, 0, 0.5, 1]), grad: tensor([0]) },
      { name: 'b1', value: tensor([0, 0]), grad: tensor([0]) },
    ],
  },
  training: { iteration },
})
const measured = (epoch: number) => ({
  ...{ epoch, iteration: 10 * epoch, loss: 1 / epoch, samplesPerSecond: 1000 },
  ...{ trainAccuracy: 0.5, testAccuracy: 0.25, testLoss: 2 },
})

/** The names of the files in a folder, in the order in which TensorBoard reads them. */
const filesIn = (folder: string) => readdirSync(folder).sort()
const eventsIn = (folder: string, file: string) => recordsIn(readFileSync(join(folder, file))).map(eventIn)

async function logged(folder: string, epochs: number[], { iteration = 0, time = 1_700_000_000.5 } = {}) {
  const observer = tensorboardObserver(run(folder, iteration), () => time)
  for (const epoch of epochs) await observer.epoch?.(measured(epoch))
}

describe('tensorboardObserver', () => {
  it('writes a version, then the scalars of each epoch at its step', async () => {
    const folder = newFolder()
    await logged(folder, [1, 2])
    expect(filesIn(folder)).toEqual(['events.out.tfevents.1700000000.gosa'])
    const [version, first, second, ...rest] = eventsIn(folder, filesIn(folder)[0])
    expect(version).toMatchObject({ wallTime: 1_700_000_000.5, step: 0, version: 'brain.Event:2' })
    expect([first.step, second.step, rest]).toEqual([10, 20, []])
    expect(second.scalars).toEqual({
      'loss/train': 0.5,
      'loss/test': 2,
      'accuracy/train': 0.5,
      'accuracy/test': 0.25,
      'training/learning rate': 0.125,
      'training/samples per second': 1000,
    })
  })

  it('writes histograms of the weights', async () => {
    const folder = newFolder()
    await logged(folder, [1])
    const [, { histograms }] = eventsIn(folder, filesIn(folder)[0])
    expect(Object.keys(histograms)).toEqual(['weights/W1', 'weights/b1'])
    expect(histograms['weights/b1']).toEqual({
      ...{ min: 0, max: 0, count: 2, sum: 0, sumOfSquares: 0 },
      ...{ limits: [0], counts: [2] },
    })
    const { limits, counts, ...whole } = histograms['weights/W1']
    expect(whole).toEqual({ min: -1, max: 1, count: 4, sum: 0.5, sumOfSquares: 2.25 })
    expect(limits).toHaveLength(30)
    expect(limits).toEqual([...limits].sort((a, b) => a - b))
    expect(limits[29]).toBe(1)
    // Each number lies below the limit of its bin, and not below the one before.
    for (const value of [-1, 0, 0.5]) {
      const bin = limits.findIndex((limit) => value < limit)
      expect(counts[bin]).toBe(1)
    }
    expect(counts.reduce((a, b) => a + b)).toBe(4)
  })

  it('writes a hundred histograms of a long run, and the scalars of every epoch', async () => {
    const folder = newFolder()
    const long = { ...run(folder), config: { ...run(folder).config, iterations: 3000 } }
    const observer = tensorboardObserver(long, () => 0)
    for (let epoch = 1; epoch <= 300; epoch++) await observer.epoch?.(measured(epoch))
    const events = eventsIn(folder, filesIn(folder)[0]).slice(1)
    expect(events.filter(({ scalars }) => 'loss/train' in scalars)).toHaveLength(300)
    expect(events.filter(({ histograms }) => 'weights/W1' in histograms)).toHaveLength(100)
  })

  it('starts another file when a run is resumed, voids what is measured again, and overwrites nothing', async () => {
    const folder = newFolder()
    await logged(folder, [1, 2])
    const before = readFileSync(join(folder, filesIn(folder)[0]))
    await logged(folder, [2, 3], { iteration: 10 })
    await logged(folder, [4], { iteration: 30, time: 1_700_000_100 })
    const files = filesIn(folder)
    expect(files).toEqual([
      'events.out.tfevents.1700000000.gosa',
      'events.out.tfevents.1700000000.gosa.1',
      'events.out.tfevents.1700000100.gosa',
    ])
    expect(readFileSync(join(folder, files[0]))).toEqual(before)
    const [version, start, ...events] = eventsIn(folder, files[1])
    expect(version.version).toBe('brain.Event:2')
    expect(start).toMatchObject({ status: 1, step: 11 })
    expect(events.map(({ step }) => step)).toEqual([20, 30])
  })

  it('writes files that are readable up to the last complete record after the run is killed', async () => {
    const folder = newFolder()
    await logged(folder, [1, 2])
    const whole = readFileSync(join(folder, filesIn(folder)[0]))
    for (const lost of [1, 5, 100]) {
      const steps = recordsIn(whole.subarray(0, -lost)).map((data) => eventIn(data).step)
      expect(steps).toEqual([0, 10])
    }
  })

  it('writes nothing for a run that is not saved, and names a folder that is missing', async () => {
    expect(tensorboardObserver({ ...run(''), folder: undefined })).toEqual({})
    await expect(logged(join(newFolder(), 'gone'), [1])).rejects.toThrow('its folder does not exist')
  })
})

describe('TensorBoard itself', () => {
  const python = process.env.TENSORBOARD_PYTHON ?? 'python3'
  const READ = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
seen = EventAccumulator(sys.argv[1], size_guidance={'scalars': 0, 'histograms': 0}).Reload()
tags = seen.Tags()
print(json.dumps({
  'loss': [[e.step, e.value] for e in seen.Scalars('loss/train')],
  'scalars': sorted(tags['scalars']), 'histograms': sorted(tags['histograms']),
  'W1': [[h.step, h.histogram_value.num] for h in seen.Histograms('weights/W1')],
}))`
  const there = spawnSync(python, ['-c', 'import tensorboard']).status === 0
  if (!there)
    console.log(
      `skipped, because ${python} has no tensorboard (TENSORBOARD_PYTHON): TensorBoard reading our files`,
    )

  it.skipIf(!there)('reads scalars and histograms, those of a resumed run once', async () => {
    const folder = newFolder()
    await logged(folder, [1, 2])
    await logged(folder, [2, 3], { iteration: 10 })
    const { stdout, stderr } = spawnSync(python, ['-c', READ, folder], { encoding: 'utf8' })
    expect(stdout, stderr).not.toBe('')
    expect(JSON.parse(stdout)).toEqual({
      loss: [
        [10, 1],
        [20, 0.5],
        [30, expect.closeTo(1 / 3)],
      ],
      scalars: [
        ...['accuracy/test', 'accuracy/train', 'loss/test', 'loss/train'],
        ...['training/learning rate', 'training/samples per second'],
      ],
      histograms: ['weights/W1', 'weights/b1'],
      W1: [
        [10, 4],
        [20, 4],
        [30, 4],
      ],
    })
  })
})
