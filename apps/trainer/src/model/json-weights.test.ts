import { encodeSafetensors } from '@gosa/formats'
import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { decodeJson, encodeJson, isJson } from './json-weights.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('weights as JSON', () => {
  it('are read as they were written, to the bit, with a byte order mark as well', () => {
    const weights = {
      W1: tensor([[0.1, -1 / 3]], { dtype: 'float32' }),
      b1: tensor([1e-300, 5], { dtype: 'float64' }),
    }
    const text = encodeJson(weights)
    for (const file of [text, `\ufeff${text}`, `\n ${text}`]) {
      expect(isJson(bytes(file))).toBe(true)
      expect(decodeJson(bytes(file))).toEqual(weights)
    }
  })

  it('are told apart from safetensors, whose first byte may be that of {', () => {
    const weights = { W1: tensor([[1]]) }
    for (let length = 0; length < 300; length++) {
      expect(isJson(encodeSafetensors(weights, { padding: 'x'.repeat(length) }))).toBe(false)
    }
    expect([isJson(bytes('[1]')), isJson(bytes('')), isJson(bytes('{}'))]).toEqual([false, false, true])
  })

  it.each([
    ['{"W1":', 'it is not JSON'],
    ['{"W1":null}', 'the dtype of "W1" is undefined'],
    ['{"W1":{"dtype":"int8"}}', 'the dtype of "W1" is "int8", not "float32" or "float64"'],
    ['{"W1":{"dtype":"float32","shape":5}}', 'the shape of "W1" is not a list of integers'],
    ['{"W1":{"dtype":"float32","shape":[2,3],"data":[1]}}', 'the data of "W1" are not 2 × 3 numbers'],
    ['{"W1":{"dtype":"float32","shape":[2],"data":[1,null]}}', 'element 1 of "W1" is null, not a number'],
  ])('are refused if something is wrong: %s', (text, message) => {
    expect(() => decodeJson(bytes(text))).toThrow(message)
  })
})
