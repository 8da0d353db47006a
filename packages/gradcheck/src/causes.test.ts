import { add, mul, scale, sum, type Tensor, tensor, transpose } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer } from './index.ts'
import { bend, Dense, Each, normal, rectifier, Times } from './layers.testing.ts'

const square = normal([4, 4])

/** The causes named for x, W and b of a square dense layer whose `backward` is followed by `spoil`. */
function causes(
  spoil: (layer: Dense, dx: Tensor, dout: Tensor) => Tensor | undefined,
): (string | undefined)[] {
  const layer = new Dense(4, 4)
  const right = layer.backward.bind(layer)
  layer.backward = (dout) => {
    const dx = right(dout)
    return spoil(layer, dx, dout) ?? dx
  }
  return checkLayer(layer, square).entries.map(({ cause }) => cause)
}

const none = undefined

/** What is said of a gradient that comes from that of the derivative by a change. */
const causeOf = (layer: Each, x = square): string | undefined => checkLayer(layer, x).entries[0].cause

describe('of a wrong gradient, the likely cause is named:', () => {
  it('transposed, in a square matrix, where the shapes say nothing', () => {
    expect(causes((layer) => void (layer.dW = transpose(layer.dW)))).toEqual([
      none,
      'the gradient is transposed',
      none,
    ])
  })

  it('the sign, of all or of some', () => {
    expect(causes((_, dx) => scale(dx, -1))[0]).toBe('the gradient has the wrong sign')
    expect(causes((layer) => void (layer.dW.data[3] *= -1))[1]).toBe(
      'the gradient has the wrong sign at 1 entry',
    )
  })

  it('a factor: 2, ½, the number of samples or of outputs, or another', () => {
    const said = (c: number) => causes((layer) => void (layer.db = scale(layer.db, c)))[2]
    expect(said(2)).toBe('the gradient is twice too large')
    expect(said(0.5)).toBe('the gradient is half of what it should be')
    expect(said(4)).toBe(
      'the gradient is 4 times too large, and 4 is the number of samples: is a 1/N missing?',
    )
    expect(said(-1 / 4)).toBe(
      'the gradient is 4 times too small, and 4 is the number of samples: is it divided twice?, with the wrong sign',
    )
    expect(said(1.01)).toBe('the gradient is 1.01 times what it should be')
    expect(said(1.001)).toBe('the gradient is 1.001 times what it should be')
  })

  it('a mask that is missing, is too wide, or is reversed', () => {
    const withSlope = (slope: (v: number) => number) => new Each((v) => Math.max(0, v), slope)
    expect(causeOf(withSlope(() => 1))).toMatch(/^the gradient is dout itself/)
    const leaky = new Each(
      (v) => Math.max(0, v),
      (v) => (v > 0 ? 1 : 0.1),
    )
    expect(causeOf(leaky)).toMatch(
      /^the gradient is not 0 at \d+ entries where it should be: a mask is missing$/,
    )
    expect(causeOf(withSlope((v) => (v > 0.5 ? 1 : 0)))).toMatch(/is 0 at \d+ entries where it should not be/)
    expect(causeOf(withSlope((v) => (v > 0 ? 0 : 1)))).toMatch(/the mask is reversed$/)
    expect(causeOf(withSlope((v) => (v > 0.5 || v < -0.5 ? 1 : 0)))).toMatch(
      /is 0 at \d+ entr.* where it should not be, and not at \d+ where it should be: the mask is another one$/,
    )
    const flat = new Each(
      () => 1,
      () => 0.5,
    )
    expect(causeOf(flat)).toBeUndefined()
  })

  it('a bias summed over the wrong axis, or not summed at all', () => {
    expect(causes((layer, _, dout) => void (layer.db = sum(dout, { axis: 1 })))[2]).toBe(
      'the gradient is dout summed over the wrong axis',
    )
    expect(causes((layer, _, dout) => void (layer.db = dout.row(0).clone()))[2]).toBe(
      'the gradient is that of sample 0 alone: the sum is missing',
    )
  })

  it('dout not multiplied in, or nothing else', () => {
    const slope = (v: number) => 1 - Math.tanh(v) ** 2
    const deaf = new Each(Math.tanh, slope)
    deaf.backward = () => new Each(slope, slope).forward(deaf.x as Tensor)
    expect(causeOf(deaf)).toBe('the gradient does not depend on dout: dout is not multiplied in')
    expect(causeOf(new Each(Math.tanh, () => 1))).toBe(
      "the gradient is dout itself: the layer's own derivative is not multiplied in",
    )
    expect(causeOf(new Each(Math.tanh, (v) => slope(v) ** 2))).toBe(
      "the gradient has the layer's own derivative multiplied in twice",
    )
    expect(causeOf(new Each(Math.tanh, (v) => 1 / slope(v)))).toBe(
      "the gradient is divided by the layer's own derivative, not multiplied",
    )
  })

  it('off by one row or column', () => {
    const rolled = (g: Tensor): Tensor => {
      const moved = g.clone()
      moved.data.copyWithin(4, 0, 12)
      return moved
    }
    expect(causes((layer) => void (layer.dW = rolled(layer.dW)))[1]).toBe(
      'the gradient is off by one along axis 0',
    )
    expect(causes((_, dx) => transpose(rolled(transpose(dx))))[0]).toBe(
      'the gradient is off by one along axis 1',
    )
  })

  it('that of a neighbour', () => {
    const swapped = new Times()
    swapped.backward = (dout) => [mul(dout, swapped.x as Tensor), mul(dout, swapped.y as Tensor)]
    const { entries } = checkLayer(swapped, [square, normal([4, 4], 8)])
    expect(entries.map(({ cause }) => cause)).toEqual([
      'the gradient is that of y',
      'the gradient is that of x',
    ])
  })

  it('inputs kept from an earlier pass', () => {
    const stale = bend()
    const forward = stale.forward.bind(stale)
    let first: Tensor | undefined
    stale.forward = (x) => {
      first ??= x.clone()
      const y = forward(x)
      stale.x = first
      return y
    }
    expect(causeOf(stale)).toBe(
      'the gradient is that of an earlier forward pass, whose inputs are still kept',
    )
  })

  it('a sample left out', () => {
    expect(
      causes((layer, _, dout) => {
        const short = dout.clone()
        short.row(3).data.fill(0)
        const other = new Dense(4, 4)
        other.forward(layer.x as Tensor)
        other.backward(short)
        layer.dW = other.dW
        return undefined
      })[1],
    ).toBe('the gradient leaves out sample 3 of 4')
  })

  it('nothing computed, something added, too few digits, or no number', () => {
    expect(causes((layer) => void (layer.dW = scale(layer.dW, 0)))[1]).toMatch(
      /^the gradient is 0 throughout/,
    )
    expect(causes((layer) => void (layer.dW = add(layer.dW, 0.25)))[1]).toBe(
      'the gradient is off by 0.25 everywhere: something is added',
    )
    expect(causes((layer) => void (layer.dW = layer.dW.astype('float32').astype('float64')))[1]).toMatch(
      /^the gradient is right to six digits only/,
    )
    expect(causes((layer) => void (layer.dW.data[2] = Number.NaN))[1]).toBe(
      'the gradient is not finite at 1 entry',
    )
  })

  it('a few entries, and by how much', () => {
    const wide = new Dense(8, 8)
    const right = wide.backward.bind(wide)
    wide.backward = (dout) => {
      const dx = right(dout)
      wide.dW.data[9] *= 1.5
      return dx
    }
    expect(checkLayer(wide, normal([3, 8])).entries[1].cause).toBe(
      'the gradient is right but for 1 entry of 64, 1.5 times what it should be there',
    )
  })

  it('but half of the entries are not a few', () => {
    const halved = new Each(Math.tanh, (v) => (v > 0.2 ? Math.cos(v) : 1 - Math.tanh(v) ** 2))
    const { wrong, compared, cause } = checkLayer(halved, tensor([[0.5, 0.9, -0.4, 0.1]])).entries[0]
    expect([wrong, compared, cause]).toEqual([2, 4, undefined])
  })

  it('none that does not explain the numbers, and none of a right gradient', () => {
    const odd = new Each(Math.tanh, (v) => Math.cos(v) ** 3 + v)
    expect(causeOf(odd)).toBeUndefined()
    for (const layer of [rectifier(), bend(), new Dense(4, 4)]) {
      for (const { cause } of checkLayer(layer, square).entries) expect(cause).toBeUndefined()
    }
  })
})
