import { describe, expect, it } from 'vitest'
import { initialState, type TrainState } from '../train/state.ts'
import { createPredictor } from './predictor.ts'

const image = (ink: number) => new Float32Array(784).fill(ink)
const trained = { ...initialState(), iteration: 1, network: {} } as TrainState

/** A predictor whose network replies when the test says so, with the ink of the image. */
function setUp(state = trained) {
  const replies: (() => void)[] = []
  const requested: number[] = []
  const predictor = createPredictor(
    {
      state,
      predict: ([ink]) => {
        requested.push(ink)
        return new Promise((resolve) => replies.push(() => resolve({ probabilities: Float32Array.of(ink) })))
      },
    },
    () => {},
  )
  const reply = async () => {
    replies.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { predictor, requested, reply }
}

describe('createPredictor', () => {
  it('predicts only the newest image, once the reply for the one before is there', async () => {
    const { predictor, requested, reply } = setUp()
    for (const ink of [1, 2, 3]) predictor.setImage(image(ink))
    expect(requested).toEqual([1])
    await reply()
    expect(requested).toEqual([1, 3])
    await reply()
    expect([...(predictor.prediction?.probabilities ?? [])]).toEqual([3])
  })

  it('predicts again when the network has changed', async () => {
    const { predictor, requested, reply } = setUp()
    predictor.setImage(image(1))
    await reply()
    predictor.refresh()
    expect(requested).toEqual([1, 1])
  })

  it('has no prediction for a blank canvas, even if a reply comes late', async () => {
    const { predictor, reply } = setUp()
    predictor.setImage(image(1))
    predictor.setImage(undefined)
    await reply()
    expect(predictor.prediction).toBeUndefined()
  })

  it('does not use an untrained network', async () => {
    const { predictor, requested } = setUp(initialState())
    predictor.setImage(image(1))
    expect(requested).toEqual([])
  })
})
