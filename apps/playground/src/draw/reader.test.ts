import { describe, expect, it } from 'vitest'
import { initialState, type TrainState } from '../train/state.ts'
import { createReader } from './reader.ts'

const image = (ink: number) => new Float32Array(784).fill(ink)
const trained = { ...initialState(), iteration: 1, network: {} } as TrainState

/** A reader whose network answers when it is told to, with what it was asked. */
function reader(state = trained) {
  const answers: (() => void)[] = []
  const asked: number[] = []
  const one = createReader(
    {
      state,
      predict: ([ink]) => {
        asked.push(ink)
        return new Promise((resolve) => answers.push(() => resolve(Float32Array.of(ink))))
      },
    },
    () => {},
  )
  const answer = async () => {
    answers.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { one, asked, answer }
}

describe('a reader', () => {
  it('asks for the newest image alone, once the one before is answered', async () => {
    const { one, asked, answer } = reader()
    for (const ink of [1, 2, 3]) one.show(image(ink))
    expect(asked).toEqual([1])
    await answer()
    expect(asked).toEqual([1, 3])
    await answer()
    expect([...(one.probabilities ?? [])]).toEqual([3])
  })

  it('asks again when the network has learned', async () => {
    const { one, asked, answer } = reader()
    one.show(image(1))
    await answer()
    one.again()
    expect(asked).toEqual([1, 1])
  })

  it('knows nothing of a blank sheet, even if an answer comes late', async () => {
    const { one, answer } = reader()
    one.show(image(1))
    one.show(undefined)
    await answer()
    expect(one.probabilities).toBeUndefined()
  })

  it('does not ask a network that has learned nothing', async () => {
    const { one, asked } = reader(initialState())
    one.show(image(1))
    expect(asked).toEqual([])
  })
})
