import { add, mul, scale, sum, type Tensor, tensor, transpose } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer } from '../index.ts'
import { Dense, Elementwise, Multiply, normal, relu, tanh } from '../layers.testing.ts'

const square = normal([4, 4])

/** The causes named for x, W and b of a square dense layer whose gradients `corrupt` changes. */
function causes(
  corrupt: (layer: Dense, dx: Tensor, dout: Tensor) => Tensor | undefined,
): (string | undefined)[] {
  const layer = new Dense(4, 4)
  const right = layer.backward.bind(layer)
  layer.backward = (dout) => {
    const dx = right(dout)
    return corrupt(layer, dx, dout) ?? dx
  }
  return checkLayer(layer, square).entries.map(({ cause }) => cause)
}

const none = undefined

/** The cause named for x of a layer without weights. */
const causeOf = (layer: Elementwise, x = square): string | undefined => checkLayer(layer, x).entries[0].cause

describe('the cause of a wrong gradient', () => {
  it('is named if the gradient of a square matrix is transposed, where the shapes do not tell', () => {
    expect(causes((layer) => void (layer.dW = transpose(layer.dW)))).toEqual([
      none,
      'the gradient is transposed',
      none,
    ])
  })

  it('is named if all signs or some signs are wrong', () => {
    expect(causes((_, dx) => scale(dx, -1))[0]).toBe('the gradient has the wrong sign')
    expect(causes((layer) => void (layer.dW.data[3] *= -1))[1]).toBe(
      'the gradient has the wrong sign at 1 entry',
    )
  })

  it('is named for a factor: 2, ½, the number of samples or of outputs, or any other', () => {
    const causeOfFactor = (c: number) => causes((layer) => void (layer.db = scale(layer.db, c)))[2]
    expect(causeOfFactor(2)).toBe('the gradient is twice too large')
    expect(causeOfFactor(0.5)).toBe('the gradient is half of what it should be')
    expect(causeOfFactor(4)).toBe(
      'the gradient is 4 times too large, and 4 is the number of samples: is a 1/N missing?',
    )
    expect(causeOfFactor(-1 / 4)).toBe(
      'the gradient is 4 times too small, and 4 is the number of samples: is it divided twice?, with the wrong sign',
    )
    expect(causeOfFactor(1.01)).toBe('the gradient is 1.01 times what it should be')
    expect(causeOfFactor(1.001)).toBe('the gradient is 1.001 times what it should be')
  })

  it('is named if a mask is missing, too wide, inverted or the wrong one', () => {
    const withSlope = (slope: (v: number) => number) => new Elementwise((v) => Math.max(0, v), slope)
    expect(causeOf(withSlope(() => 1))).toMatch(/^the gradient is dout itself/)
    const leaky = new Elementwise(
      (v) => Math.max(0, v),
      (v) => (v > 0 ? 1 : 0.1),
    )
    expect(causeOf(leaky)).toMatch(
      /^the gradient is not 0 at \d+ entries where it should be: is a mask missing\?$/,
    )
    expect(causeOf(withSlope((v) => (v > 0.5 ? 1 : 0)))).toMatch(/is 0 at \d+ entries where it should not be/)
    expect(causeOf(withSlope((v) => (v > 0 ? 0 : 1)))).toMatch(/the mask is inverted$/)
    expect(causeOf(withSlope((v) => (v > 0.5 || v < -0.5 ? 1 : 0)))).toMatch(
      /is 0 at \d+ entr.* where it should not be, and not at \d+ where it should be: is it the wrong mask\?$/,
    )
    const flat = new Elementwise(
      () => 1,
      () => 0.5,
    )
    expect(causeOf(flat)).toBeUndefined()
  })

  it('is named if the gradient of a bias is summed over the wrong axis, or not at all', () => {
    expect(causes((layer, _, dout) => void (layer.db = sum(dout, { axis: 1 })))[2]).toBe(
      'the gradient is dout summed over the wrong axis',
    )
    expect(causes((layer, _, dout) => void (layer.db = dout.row(0).clone()))[2]).toBe(
      'the gradient is that of sample 0 alone: the sum over samples is missing',
    )
  })

  it('is named if the gradient is not multiplied by dout, or by nothing else', () => {
    const slope = (v: number) => 1 - Math.tanh(v) ** 2
    const deaf = new Elementwise(Math.tanh, slope)
    deaf.backward = () => new Elementwise(slope, slope).forward(deaf.x as Tensor)
    expect(causeOf(deaf)).toBe('the gradient does not depend on dout: it is not multiplied by dout')
    expect(causeOf(new Elementwise(Math.tanh, () => 1))).toBe(
      "the gradient is dout itself: it is not multiplied by the layer's own derivative",
    )
    expect(causeOf(new Elementwise(Math.tanh, (v) => slope(v) ** 2))).toBe(
      'the gradient is multiplied by the local derivative twice',
    )
    expect(causeOf(new Elementwise(Math.tanh, (v) => 1 / slope(v)))).toBe(
      "the gradient is divided by the layer's own derivative, not multiplied",
    )
  })

  it('is named if the gradient is off by one row or column', () => {
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

  it('is named if the gradient is that of another variable', () => {
    const swapped = new Multiply()
    swapped.backward = (dout) => [mul(dout, swapped.x as Tensor), mul(dout, swapped.y as Tensor)]
    const { entries } = checkLayer(swapped, [square, normal([4, 4], 8)])
    expect(entries.map(({ cause }) => cause)).toEqual([
      'the gradient is that of y',
      'the gradient is that of x',
    ])
  })

  it('is named if inputs of an earlier pass are used', () => {
    const stale = tanh()
    const forward = stale.forward.bind(stale)
    let first: Tensor | undefined
    stale.forward = (x) => {
      first ??= x.clone()
      const y = forward(x)
      stale.x = first
      return y
    }
    expect(causeOf(stale)).toBe(
      'the gradient is that of an earlier forward pass, whose inputs are still stored',
    )
  })

  it('is named if a sample is left out', () => {
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

  it('is named if the gradient is 0, off by a constant, of low precision, or NaN', () => {
    expect(causes((layer) => void (layer.dW = scale(layer.dW, 0)))[1]).toMatch(
      /^the gradient is 0 everywhere/,
    )
    expect(causes((layer) => void (layer.dW = add(layer.dW, 0.25)))[1]).toBe(
      'the gradient is off by 0.25 everywhere: is a constant added?',
    )
    expect(causes((layer) => void (layer.dW = layer.dW.astype('float32').astype('float64')))[1]).toMatch(
      /^the gradient is right to a few digits only/,
    )
    expect(causes((layer) => void (layer.dW.data[2] = Number.NaN))[1]).toBe(
      'the gradient is not finite at 1 entry',
    )
  })

  it('is named if a few entries are wrong, with their factor', () => {
    const wide = new Dense(8, 8)
    const right = wide.backward.bind(wide)
    wide.backward = (dout) => {
      const dx = right(dout)
      wide.dW.data[9] *= 1.5
      return dx
    }
    expect(checkLayer(wide, normal([3, 8])).entries[1].cause).toBe(
      'the gradient is right except for 1 entry of 64, 1.5 times what it should be there',
    )
  })

  it('is not named as a few entries if half of them are wrong', () => {
    const halved = new Elementwise(Math.tanh, (v) => (v > 0.2 ? Math.cos(v) : 1 - Math.tanh(v) ** 2))
    const { wrong, compared, cause } = checkLayer(halved, tensor([[0.5, 0.9, -0.4, 0.1]])).entries[0]
    expect([wrong, compared, cause]).toEqual([2, 4, undefined])
  })

  it('is not named if none explains the numbers, or if the gradient is right', () => {
    const odd = new Elementwise(Math.tanh, (v) => Math.cos(v) ** 3 + v)
    expect(causeOf(odd)).toBeUndefined()
    for (const layer of [relu(), tanh(), new Dense(4, 4)]) {
      for (const { cause } of checkLayer(layer, square).entries) expect(cause).toBeUndefined()
    }
  })
})
