import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { HuberLoss, MeanSquaredErrorLoss } from './index.ts'

const y = tensor([[1], [5], [-2]])
const t = tensor([[0.5], [2], [2]])

describe('HuberLoss', () => {
  it('is half the square up to δ, and linear beyond', () => {
    const loss = new HuberLoss()
    expect(loss.forward(y, t)).toBeCloseTo(2.0416666666666665, 15) // F.huber_loss of PyTorch 1.13
    expect(loss.backward().toArray()).toEqual([[0.5 / 3], [1 / 3], [-1 / 3]])
    expect(loss.backward(3).toArray()).toEqual([[0.5], [1], [-1]])
  })

  it('is half the mean squared error for a large δ', () => {
    const loss = new HuberLoss({ delta: 100 })
    expect(2 * loss.forward(y, t)).toBe(new MeanSquaredErrorLoss().forward(y, t))
  })

  it('says what fits', () => {
    expect(() => new HuberLoss({ delta: 0 })).toThrow('delta must be a finite number above 0, not 0')
    expect(() => new HuberLoss().backward()).toThrow('backward called before forward')
    expect(() => new HuberLoss().forward(y, t.reshape([3]))).toThrow('t.reshape([3,1]) has that of y')
    expect(() => new HuberLoss().forward(y, Uint8Array.of(1, 2, 3) as never)).toThrow(TypeError)
  })
})
