import { createRng, map, norm, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer, checkNetwork } from '../index.ts'

/** Multiplies by random numbers, and counts its passes in a buffer. */
class RandomScale {
  #rng = createRng(1)
  #factors: number[] = []
  readonly passes = tensor([0])
  get randomState() {
    return this.#rng.state
  }
  set randomState(state) {
    this.#rng = createRng(state)
  }
  buffers() {
    return [{ name: 'passes', value: this.passes }]
  }
  forward(x: Tensor): Tensor {
    this.passes.data[0]++
    this.#factors = Array.from({ length: x.size }, () => this.#rng.uniform())
    return map(x, (value, i) => value * this.#factors[i])
  }
  backward(dout: Tensor): Tensor {
    return map(dout, (value, i) => value * this.#factors[i])
  }
}

const x = tensor([
  [0.3, -0.7],
  [1.1, 0.4],
])

describe('A check restores buffers and random states before each pass and at its end:', () => {
  it('a random layer passes without reseed, and keeps its state', () => {
    const layer = new RandomScale()
    const { randomState } = layer
    const report = checkLayer(layer, x)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(layer.randomState).toEqual(randomState)
    expect(layer.passes.toArray()).toEqual([0])
  })

  it('reseed takes its place', () => {
    const layer = new RandomScale()
    let calls = 0
    const report = checkLayer(layer, x, {
      reseed() {
        calls++
        layer.randomState = createRng(7).state
      },
    })
    expect(report.verdict).toBe('pass')
    expect(calls).toBeGreaterThan(8)
  })

  it('a network with such layers is checked in training', () => {
    const layer = new RandomScale()
    const w = tensor([0.5, -0.2])
    const trains: unknown[] = []
    const network = {
      params: { w },
      buffers: () => layer.buffers(),
      get randomState() {
        return layer.randomState
      },
      set randomState(state) {
        layer.randomState = state
      },
      loss(_x: Tensor, _t: unknown, options?: { train?: boolean }) {
        trains.push(options?.train)
        return norm(layer.forward(w)) ** 2
      },
      gradient() {
        const y = layer.forward(w)
        return { w: layer.backward(map(y, (value) => 2 * value)) }
      },
    }
    const report = checkNetwork(network as never, x, undefined)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(new Set(trains)).toEqual(new Set([true]))
    expect(layer.passes.toArray()).toEqual([0])
  })
})
