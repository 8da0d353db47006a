import { describe, expect, it } from 'vitest'
import { createTrainer, type Line } from './client.ts'
import type { ImagesInfo, Measured, Reply, Request } from './protocol.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { heard, initialState, isTrained, settingsOf } from './state.ts'

const images: ImagesInfo = { kind: 'digits', trainCount: 10, testCount: 5, classes: 10, isMnist: false }
const ready: Reply = {
  type: 'ready',
  settings: { ...DEFAULT_SETTINGS, hidden: 9 },
  images,
  sizes: [784, 9, 10],
}
const measuredAt = (iteration: number, testAccuracy: number): Reply => ({
  type: 'measured',
  measured: { iteration, testAccuracy, trainAccuracy: 1 } as Measured,
})
const after = (...replies: Reply[]) => replies.reduce(heard, initialState())

describe('what the page knows of training', () => {
  it('begins with nothing, and with the settings that one begins with', () => {
    expect(isTrained(initialState())).toBe(false)
    expect(settingsOf(initialState())).toEqual(DEFAULT_SETTINGS)
  })

  it('knows a new network as untrained, and one of a file as trained', () => {
    expect(settingsOf(after(ready)).hidden).toBe(9)
    expect(isTrained(after(ready))).toBe(false)
    expect(isTrained(after({ ...ready, loaded: 'mine' } as Reply))).toBe(true)
    expect(isTrained(after(ready, measuredAt(3, 0.5)))).toBe(true)
  })

  it('draws curves, in which what is measured again replaces what was there', () => {
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

  it('keeps curves short in the longest run', () => {
    const many = Array.from({ length: 2000 }, (_, i) => measuredAt(i, 0.5))
    const { testAccuracies } = after(ready, ...many)
    expect(testAccuracies.length).toBeLessThan(402)
    expect(testAccuracies.at(-1)?.[0]).toBe(1999)
  })

  it('forgets the run before, but not the files, when another network is ready', () => {
    const state = after({ type: 'files', images }, ready, measuredAt(5, 0.5), ready)
    expect(state).toMatchObject({ files: images, iteration: 0, testAccuracies: [] })
    expect(state.measured).toBeUndefined()
  })

  it('says what failed, and keeps the rest', () => {
    const state = after(ready, measuredAt(5, 0.5), { type: 'failed', at: 'load', message: 'no' })
    expect(state).toMatchObject({ iteration: 5, failure: { message: 'no' } })
    expect(
      after(ready, { type: 'weights', weights: { units: 0, levels: new Uint8Array(0) } }).weights?.units,
    ).toBe(0)
    expect(after(ready, { type: 'stopped', iteration: 5, why: 'diverged' }).stopped).toBe('diverged')
    expect(after({ type: 'drawing', drawn: 1, total: 2 }).drawing).toMatchObject({ drawn: 1, total: 2 })
  })
})

/** A trainer whose line is written down. */
function trainer() {
  const asked: Request[] = []
  const line: Line = { postMessage: (request) => asked.push(request), onmessage: null }
  const hear = (reply: Reply) => line.onmessage?.({ data: reply } as MessageEvent<Reply>)
  return { trainer: createTrainer(line), asked, hear }
}

describe('the trainer of the pages', () => {
  it('goes on with a run, and begins anew where it was over', () => {
    const { trainer: one, asked, hear } = trainer()
    const seen: number[] = []
    const stop = one.subscribe(({ iteration }) => seen.push(iteration))
    one.run(DEFAULT_SETTINGS)
    expect(one.state.running).toBe(true)
    expect(asked.map(({ type }) => type)).toEqual(['prepare', 'run'])
    hear({ ...ready, settings: DEFAULT_SETTINGS } as Reply)
    hear({ type: 'stopped', iteration: DEFAULT_SETTINGS.iterations, why: 'done' })
    expect(one.state.running).toBe(false)
    one.run(DEFAULT_SETTINGS)
    expect(asked[2]).toMatchObject({ type: 'prepare', anew: true })
    one.run({ ...DEFAULT_SETTINGS, iterations: 1e6 })
    expect(asked[4]).toMatchObject({ type: 'prepare', anew: false })
    one.pause()
    one.step(DEFAULT_SETTINGS)
    one.reset(DEFAULT_SETTINGS)
    one.drop([])
    expect(asked.slice(6).map(({ type }) => type)).toEqual(['pause', 'prepare', 'step', 'prepare', 'files'])
    stop()
    const before = seen.length
    hear(ready)
    expect(seen).toHaveLength(before)
  })

  it('answers what is asked of it, each by its number', async () => {
    const { trainer: one, asked, hear } = trainer()
    const [a, b] = [one.predict(new Float32Array(784)), one.predict(new Float32Array(784))]
    hear({ type: 'predicted', id: 2, probabilities: Float32Array.of(2), iteration: 0 })
    hear({ type: 'predicted', id: 1, probabilities: Float32Array.of(1), iteration: 0 })
    expect([(await a)[0], (await b)[0]]).toEqual([1, 2])
    const saved = one.save()
    hear({ type: 'saved', bytes: Uint8Array.of(1), iteration: 3 })
    expect((await saved).iteration).toBe(3)
    await one.load(new File([Uint8Array.of(1, 2)], 'mine'))
    expect(asked.at(-1)).toEqual({ type: 'load', name: 'mine', bytes: Uint8Array.of(1, 2) })
    hear({ type: 'failed', at: 'load', message: 'no' })
    one.dismiss()
    expect(one.state.failure).toBeUndefined()
  })
})
