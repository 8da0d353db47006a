import { createColors } from '@gosa/cli-kit'
import { createCurve } from '@gosa/training'
import { expect, it } from 'vitest'
import { progressObserver } from './progress-observer.ts'

/** An observer of a run of 40 steps, ten to an epoch, on a terminal and with a clock that the test sets. */
function watched({ showsProgress = true } = {}) {
  const shown: string[] = []
  const scene = { time: 0, progressColumns: 100 }
  const observer = progressObserver(
    { config: { iterations: 40, batchSize: 10 }, data: { train: { labels: new Uint8Array(100) } } },
    {
      showsProgress,
      get progressColumns() {
        return scene.progressColumns
      },
      progress: (text = '') => void shown.push(text),
      notePaint: createColors({}, {}),
    },
    createCurve(),
    () => scene.time,
  )
  const step = (iteration: number) => observer.progress?.({ iteration, loss: 1, samplesPerSecond: 10 })
  return { shown, scene, observer, step }
}

it('progress is drawn ten times a second at most', () => {
  const { shown, scene, step } = watched()
  for (scene.time = 0; scene.time < 1000; scene.time += 10) step(scene.time / 100)
  expect(shown).toHaveLength(10)
})

it('progress is drawn at once where the terminal got another width, and fits into it', () => {
  const { shown, scene, step } = watched()
  step(1)
  scene.progressColumns = 30
  step(2)
  step(3)
  expect(shown).toHaveLength(2)
  expect(shown[1].length).toBeLessThanOrEqual(30)
})

it('progress is drawn anew after the row of an epoch, with its accuracy', () => {
  const { shown, observer, step } = watched()
  const quality = { trainAccuracy: 0.5, testAccuracy: 0.25, testLoss: 1 }
  step(10)
  observer.epoch?.({ epoch: 1, iteration: 10, loss: 1, samplesPerSecond: 10, ...quality })
  expect(shown).toHaveLength(2)
  expect(shown[0]).not.toContain('test')
  expect(shown[1]).toContain('epoch 2/4  loss 1.0000  30 s left  test 0.2500')
})

it('progress is not even put into words where nobody sees it', () => {
  const { shown, step } = watched({ showsProgress: false })
  step(1)
  expect(shown).toEqual([])
})
