import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { command, inProcess, jsonLines, SMALL, temporaryFolder } from '../command.testing.ts'
import { eventIn, recordsIn } from './tensorboard.testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** The events of each event file of a run, in the order in which TensorBoard reads them. */
function eventsOf(name: string) {
  const files = readdirSync(join(folder.path, name)).filter((file) => file.includes('tfevents'))
  return files.sort().map((file) => recordsIn(readFileSync(join(folder.path, name, file))).map(eventIn))
}
const stepsOf = (name: string) => eventsOf(name).map((events) => events.map(({ step }) => step))
const metricsOf = (name: string) => jsonLines(readFileSync(join(folder.path, name, 'metrics.jsonl'), 'utf8'))

describe('the TensorBoard file of a run', () => {
  it('holds the numbers of its metrics', async () => {
    await inProcess(folder.path, [...SMALL, '--out', 'run'])
    const [[version, ...epochs]] = eventsOf('run')
    expect(version.version).toBe('brain.Event:2')
    for (const [i, metrics] of metricsOf('run').entries()) {
      const { step, scalars, histograms } = epochs[i]
      expect(step).toBe(metrics.iteration)
      expect(scalars['accuracy/test']).toBe(Math.fround(metrics.testAccuracy as number))
      expect(scalars['loss/train']).toBe(Math.fround(metrics.loss as number))
      expect(histograms['weights/W1']).toMatchObject({ count: 784 * 8 })
    }
  })

  it('is followed by another one when the run is resumed, at the right step', async () => {
    await inProcess(folder.path, ['--resume', 'run', '--iterations', '10'])
    expect(stepsOf('run')).toEqual([
      [0, 2, 4, 6],
      [0, 7, 8, 10],
    ])
    expect(eventsOf('run')[1][1].status).toBe(1)
  })

  it('holds the learning rate of each epoch, and the validation accuracy', async () => {
    await inProcess(folder.path, [...SMALL, '--schedule', 'cosine', '--validation', '0.2', '--out', 'cosine'])
    const rates = eventsOf('cosine')[0]
      .slice(1)
      .map(({ scalars }) => scalars['training/learning rate'])
    expect(rates).toEqual(metricsOf('cosine').map(({ learningRate }) => Math.fround(learningRate as number)))
    expect(rates[0]).toBeGreaterThan(rates[1])
    expect(eventsOf('cosine')[0][1].scalars).toHaveProperty('accuracy/validation')
  })

  it('is readable after the run is killed', async () => {
    const endless = [...SMALL, '--iterations', '10000000', '--out', 'killed']
    const enough = () =>
      existsSync(join(folder.path, 'killed', 'metrics.jsonl')) &&
      readFileSync(join(folder.path, 'killed', 'metrics.jsonl'), 'utf8').split('\n').length > 4
    const { signal } = await command(folder.path, endless, {
      started: (child) => child.stdout?.on('data', () => enough() && child.kill('SIGKILL')),
    })
    expect(signal).toBe('SIGKILL')
    const [[, ...steps]] = stepsOf('killed')
    expect(steps.length).toBeGreaterThan(2)
    expect(steps).toEqual(steps.map((_, i) => 2 * (i + 1)))
  })
})
