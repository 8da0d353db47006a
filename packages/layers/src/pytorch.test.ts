import { readFileSync } from 'node:fs'
import { type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  AveragePooling,
  BatchNormalization,
  Convolution,
  Elu,
  Embedding,
  Gelu,
  GlobalAveragePooling,
  type Layer,
  LayerNormalization,
  LeakyRelu,
  MaxPooling,
  Softplus,
} from './index.ts'

const CLASSES = {
  AveragePooling,
  BatchNormalization,
  Convolution,
  Elu,
  Embedding,
  Gelu,
  GlobalAveragePooling,
  LayerNormalization,
  LeakyRelu,
  MaxPooling,
  Softplus,
}

/** A tensor as `fixtures/pytorch.py` writes it. */
type Numbers = [shape: number[], values: number[]]

interface Case {
  title: string
  layer: keyof typeof CLASSES
  options: object | null
  parameters: Numbers[]
  train: boolean | null
  x: Numbers
  dout: Numbers
  y: Numbers
  dx: Numbers | null
  gradients: Numbers[]
  buffers: Numbers[]
  buffersBefore?: Numbers[]
}

const [{ pytorch }, ...cases] = readFileSync(new URL('../fixtures/pytorch.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line)) as [{ pytorch: string }, ...Case[]]

const asTensor = ([shape, values]: Numbers): Tensor => tensor(Float64Array.from(values), { shape })

/** Expects equality up to rounding: PyTorch adds in another order. */
function expectEqual(got: Tensor, [shape, values]: Numbers): void {
  expect(got.shape).toEqual(shape)
  const scale = Math.max(1, ...values.map(Math.abs))
  for (const [i, value] of values.entries()) {
    expect(Math.abs(got.data[i] - value), `element ${i}: ${got.data[i]}, not ${value}`).toBeLessThan(
      4e-15 * scale,
    )
  }
}

it('are compared for every layer that PyTorch has, too', () => {
  expect(new Set(cases.map(({ layer }) => layer))).toEqual(new Set(Object.keys(CLASSES)))
})

describe(`Outputs and gradients are those of PyTorch ${pytorch} in float64:`, () => {
  it.each(cases.map((one) => [`${one.layer}, ${one.title}`, one] as const))('%s', (_, one) => {
    const Kind = CLASSES[one.layer] as unknown as new (...given: unknown[]) => Layer
    const layer = new Kind(...one.parameters.map(asTensor), ...(one.options ? [one.options] : []))
    for (const [i, before] of (one.buffersBefore ?? []).entries()) {
      layer.buffers?.()[i].value.data.set(before[1])
    }
    const y = layer.forward(asTensor(one.x), one.train === null ? undefined : { train: one.train })
    const dx = layer.backward(asTensor(one.dout))
    expectEqual(y, one.y)
    if (one.dx) expectEqual(dx, one.dx)
    for (const [i, parameter] of layer.parameters().entries()) expectEqual(parameter.grad, one.gradients[i])
    expect(layer.parameters()).toHaveLength(one.gradients.length)
    for (const [i, { value }] of (layer.buffers?.() ?? []).entries()) expectEqual(value, one.buffers[i])
    const [, ...sample] = one.x[0]
    expect(layer.outputShape?.(sample)).toEqual(one.y[0].slice(1))
  })
})
