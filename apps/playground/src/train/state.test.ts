import { describe, expect, it } from 'vitest'
import { createTrainer, type WorkerLike } from './client.ts'
import type { ImagesInfo, Measurement, Reply, Request } from './protocol.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { initialState, isTrained, reduce, settingsOf } from './state.ts'

const images: ImagesInfo = { kind: 'digits', trainCount: 10, testCount: 5, classes: 10, isMnist: false }
const ready: Reply = {
  type: 'ready',
  settings: { ...DEFAULT_SETTINGS, hidden: 9 },
  images,
  sizes: [784, 9, 10],
}
const measuredAt = (iteration: number, testAccuracy: number): Reply => ({
  type: 'measured',
  measurement: { iteration, testAccuracy, trainAccuracy: 1 } as Measurement,
})
const after = (...replies: Reply[]) => replies.reduce(reduce, initialState())

describe('reduce', () => {
  it('starts untrained, with the default settings', () => {
    expect(isTrained(initialState())).toBe(false)
    expect(settingsOf(initialState())).toEqual(DEFAULT_SETTINGS)
  })

  it('treats a new network as untrained, and a loaded one as trained', () => {
    expect(settingsOf(after(ready)).hidden).toBe(9)
    expect(isTrained(after(ready))).toBe(false)
    expect(isTrained(after({ ...ready, loaded: 'mine' } as Reply))).toBe(true)
    expect(isTrained(after(ready, measuredAt(3, 0.5)))).toBe(true)
  })

  it('extends curves, and replaces what is measured again', () => {
    const state = after(ready, measuredAt(0, 0.1), measuredAt(5, 0.4), measuredAt(5, 0.5), {
      ...{ type: 'progress', iteration: 5, losses: [[3, 2]], samplesPerSecond: 7 },
    })
    expect(state.testAccuracies).toEqual([
      [0, 0.1],
      [5, 0.5],
    ])
    expect(state.losses.points()).toEqual([[3, 2]])
    expect(state.samplesPerSecond).toBe(7)
  })

  it('limits the number of points of a curve', () => {
    const many = Array.from({ length: 2000 }, (_, i) => measuredAt(i, 0.5))
    const { testAccuracies } = after(ready, ...many)
    expect(testAccuracies.length).toBeLessThan(402)
    expect(testAccuracies.at(-1)?.[0]).toBe(1999)
  })

  it('resets the run, but not the files, when another network is ready', () => {
    const state = after({ type: 'files', images }, ready, measuredAt(5, 0.5), ready)
    expect(state).toMatchObject({ files: images, iteration: 0, testAccuracies: [] })
    expect(state.measurement).toBeUndefined()
  })

  it('keeps the rest of the state after a failure', () => {
    const state = after(ready, measuredAt(5, 0.5), { type: 'failed', request: 'load', message: 'no' })
    expect(state).toMatchObject({ iteration: 5, failure: { message: 'no' } })
    expect(
      after(ready, {
        type: 'weights',
        weights: { units: 0, width: 28, height: 28, levels: new Uint8Array(0) },
      }).weights?.units,
    ).toBe(0)
    expect(after(ready, { type: 'stopped', iteration: 5, why: 'diverged' }).stopped).toBe('diverged')
    expect(after({ type: 'drawing', drawn: 1, total: 2 }).drawing).toMatchObject({ drawn: 1, total: 2 })
  })
})

/** A trainer whose requests are recorded. */
function setUp() {
  const requests: Request[] = []
  const worker: WorkerLike = { postMessage: (request) => requests.push(request), onmessage: null }
  const receive = (reply: Reply) => worker.onmessage?.({ data: reply } as MessageEvent<Reply>)
  return { trainer: createTrainer(worker), requests, receive }
}

describe('createTrainer', () => {
  it('resumes a run, and restarts one that is over', () => {
    const { trainer, requests, receive } = setUp()
    const seen: number[] = []
    const stop = trainer.subscribe(({ iteration }) => seen.push(iteration))
    trainer.run(DEFAULT_SETTINGS)
    expect(trainer.state.running).toBe(true)
    expect(requests.map(({ type }) => type)).toEqual(['prepare', 'run'])
    receive({ ...ready, settings: DEFAULT_SETTINGS } as Reply)
    receive({ type: 'stopped', iteration: DEFAULT_SETTINGS.iterations, why: 'done' })
    expect(trainer.state.running).toBe(false)
    trainer.run(DEFAULT_SETTINGS)
    expect(requests[2]).toMatchObject({ type: 'prepare', restart: true })
    trainer.run({ ...DEFAULT_SETTINGS, iterations: 1e6 })
    expect(requests[4]).toMatchObject({ type: 'prepare', restart: false })
    trainer.pause()
    trainer.step(DEFAULT_SETTINGS)
    trainer.reset(DEFAULT_SETTINGS)
    trainer.readFiles([])
    expect(requests.slice(6).map(({ type }) => type)).toEqual([
      'pause',
      'prepare',
      'step',
      'prepare',
      'files',
    ])
    stop()
    const before = seen.length
    receive(ready)
    expect(seen).toHaveLength(before)
  })

  it('resolves each request with its own reply', async () => {
    const { trainer, requests, receive } = setUp()
    const [a, b] = [trainer.predict(new Float32Array(784)), trainer.predict(new Float32Array(784))]
    receive({ type: 'predicted', id: 2, prediction: { probabilities: Float32Array.of(2) }, iteration: 0 })
    receive({ type: 'predicted', id: 1, prediction: { probabilities: Float32Array.of(1) }, iteration: 0 })
    expect([(await a).probabilities[0], (await b).probabilities[0]]).toEqual([1, 2])
    const pretrained = trainer.pretrained()
    expect(trainer.pretrained()).toBe(pretrained)
    expect(requests.filter(({ type }) => type === 'pretrain')).toHaveLength(1)
    receive({ type: 'pretrained', weights: [] })
    expect(await pretrained).toEqual([])
    const saved = trainer.save()
    receive({ type: 'saved', bytes: Uint8Array.of(1), iteration: 3 })
    expect((await saved).iteration).toBe(3)
    await trainer.load(new File([Uint8Array.of(1, 2)], 'mine'))
    expect(requests.at(-1)).toEqual({ type: 'load', name: 'mine', bytes: Uint8Array.of(1, 2) })
    receive({ type: 'failed', request: 'load', message: 'no' })
    trainer.dismissFailure()
    expect(trainer.state.failure).toBeUndefined()
  })
})
