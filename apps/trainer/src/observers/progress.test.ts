import { noColors } from '@gosa/cli-kit'
import { createCurve, type Point } from '@gosa/training'
import { describe, expect, it } from 'vitest'
import { progressObserver, progressState, sparkline } from './progress.ts'

/** A run of 17 epochs of 600 iterations. */
const source = {
  config: { iterations: 10_000, batchSize: 100 },
  data: { train: { t: new Uint8Array(60_000) } },
}

describe('progressState', () => {
  const losses = Array.from({ length: 100 }, (_, i): Point => [i, 100 - i])
  const progress = { iteration: 5000, loss: 0.25, samplesPerSecond: 100_000 }

  it('has the share, epoch, loss, time left, test accuracy, learning curve and speed', () => {
    expect(progressState(source, progress, losses, 0.95)).toEqual({
      share: 0.5,
      details: [
        ...['epoch 9/17', 'loss 0.2500', '5.0 s left', 'test 0.9500', '█▇▆▆▅▄▃▃▂▁', '100,000 samples/s'],
      ],
    })
  })

  it('starts in the first epoch, without accuracy and curve, and ends in the last', () => {
    const first = progressState(source, { ...progress, iteration: 1 }, [])
    expect(first.details).toMatchObject({ 0: 'epoch 1/17', 3: '', 4: '' })
    const last = progressState(source, { ...progress, iteration: 10_000 }, losses, 0.95)
    expect(last).toMatchObject({ share: 1, details: { 0: 'epoch 17/17', 2: '0.0 s left' } })
  })
})

describe('progressObserver', () => {
  /** An observer of a run of 40 iterations, ten per epoch, on a terminal and with a clock that the test sets. */
  function observe({ showsProgress = true } = {}) {
    const shown: string[] = []
    const scene = { time: 0, progressColumns: 100 }
    const observer = progressObserver(
      { config: { iterations: 40, batchSize: 10 }, data: { train: { t: new Uint8Array(100) } } },
      {
        showsProgress,
        get progressColumns() {
          return scene.progressColumns
        },
        progress: (text = '') => void shown.push(text),
        stderrColors: noColors,
      },
      createCurve(),
      () => scene.time,
    )
    const step = (iteration: number) => observer.progress?.({ iteration, loss: 1, samplesPerSecond: 10 })
    return { shown, scene, observer, step }
  }

  it('draws at most ten times a second', () => {
    const { shown, scene, step } = observe()
    for (scene.time = 0; scene.time < 1000; scene.time += 10) step(scene.time / 100)
    expect(shown).toHaveLength(10)
  })

  it('draws at once when the terminal is resized, and fits into it', () => {
    const { shown, scene, step } = observe()
    step(1)
    scene.progressColumns = 30
    step(2)
    step(3)
    expect(shown).toHaveLength(2)
    expect(shown[1].length).toBeLessThanOrEqual(30)
  })

  it('draws again after the row of an epoch, with its accuracy', () => {
    const { shown, observer, step } = observe()
    const quality = { trainAccuracy: 0.5, testAccuracy: 0.25, testLoss: 1 }
    step(10)
    observer.epoch?.({ epoch: 1, iteration: 10, loss: 1, samplesPerSecond: 10, ...quality })
    expect(shown).toHaveLength(2)
    expect(shown[0]).not.toContain('test')
    expect(shown[1]).toContain('epoch 2/4  loss 1.0000  30 s left  test 0.2500')
  })

  it('draws nothing if no terminal shows it', () => {
    const { shown, observer, step } = observe({ showsProgress: false })
    step(1)
    observer.epoch?.({
      ...{ epoch: 1, iteration: 10, loss: 1, samplesPerSecond: 10 },
      ...{ trainAccuracy: 0.5, testAccuracy: 0.25, testLoss: 1 },
    })
    expect(shown).toEqual([])
  })
})

describe('sparkline', () => {
  const curve = (...values: number[]) => values.map((y, x): Point => [x, y])

  it('shows the lowest value at the bottom and the highest at the top', () => {
    expect(sparkline(curve(7, 6, 5, 4, 3, 2, 1, 0), 8)).toBe('█▇▆▅▄▃▂▁')
  })

  it('shows means if there are more values than characters', () => {
    expect(sparkline(curve(4, 6, 0, 0, 10, 10, 10), 3)).toBe('▅▁█')
  })

  it('is flat if all values are equal, and short if there are few', () => {
    expect(sparkline(curve(2, 2, 2), 8)).toBe('▁▁▁')
    expect(sparkline([], 8)).toBe('')
    expect(sparkline(curve(1, 2), 0)).toBe('')
  })

  it('leaves out NaN and infinite values', () => {
    expect(sparkline(curve(1, Number.NaN, Infinity, 0), 8)).toBe('█▁')
  })
})
