import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLayers, OrderError, orderLayers, type SizedLayer, WeightsError } from './foreign-layers.ts'

/** Layers by name, inputs and units; of Keras if the name says so. */
const layers = (...described: [name: string, inputs: number, units: number][]): SizedLayer[] =>
  described.map(([name, inputs, units]) => ({
    ...{ name, inputs, units },
    style: name.includes('dense') ? 'keras' : 'pytorch',
  }))
const namesOf = (ordered: readonly SizedLayer[]) => ordered.map(({ name }) => name).join(' ')

describe('findLayers', () => {
  it('pairs weights and biases by the names of PyTorch, Keras and Flax', () => {
    const names = [
      ...['0.weight', '0.bias', 'module.fc1.weight', 'module.fc1.bias', 'weight', 'bias'],
      ...['dense/kernel:0', 'dense/bias:0', 'model/dense_1/kernel', 'model/dense_1/bias'],
      ...['layers/dense/vars/0', 'layers/dense/vars/1', 'Dense_0.kernel', 'Dense_0.bias'],
    ]
    expect(findLayers(names).map(({ name, style }) => [name, style])).toEqual([
      ['0', 'pytorch'],
      ['module.fc1', 'pytorch'],
      ['', 'pytorch'],
      ['dense', 'keras'],
      ['model/dense_1', 'keras'],
      ['layers/dense', 'keras'],
      ['Dense_0', 'keras'],
    ])
  })

  it('finds none in other names', () => {
    expect(findLayers(['myweight', 'mybias', '0.weight', '1.bias', 'kernel:0', 'bias', 'vars/1'])).toEqual([])
  })
})

describe('orderLayers', () => {
  it.each<[string, SizedLayer[], string]>([
    ['numbers, by their size', layers(['10', 4, 4], ['2', 4, 4], ['0', 4, 4]), '0 2 10'],
    ['numbers in words', layers(['fc3', 4, 4], ['fc1', 4, 4], ['fc2', 4, 4]), 'fc1 fc2 fc3'],
    [
      'several numbers',
      layers(['b2.fc1', 4, 4], ['b1.fc10', 4, 4], ['b1.fc9', 4, 4]),
      'b1.fc9 b1.fc10 b2.fc1',
    ],
    [
      'Keras’s first layer without a number',
      layers(['dense_2', 4, 4], ['dense', 4, 4], ['dense_10', 4, 4]),
      'dense dense_2 dense_10',
    ],
    [
      'Keras’s within a model',
      layers(['sequential_1/dense_4', 4, 4], ['sequential_1/dense_3', 4, 4]),
      'sequential_1/dense_3 sequential_1/dense_4',
    ],
    ['sizes', layers(['head', 5, 3], ['body', 7, 5], ['stem', 9, 7]), 'stem body head'],
    ['both', layers(['out', 4, 3], ['fc2', 4, 4], ['fc1', 4, 4]), 'fc1 fc2 out'],
    ['a single layer', layers(['', 4, 3]), ''],
  ])('takes the order of %s', (_how, given, expected) => {
    expect(namesOf(orderLayers(given))).toBe(expected)
  })

  it.each<[string, SizedLayer[], RegExp]>([
    [
      'words of equal sizes, even if one is an end',
      layers(['fc1', 4, 4], ['fc2', 4, 4], ['fc_out', 4, 4]),
      /cannot be known.*: add --order .*: fc1 \(4 → 4\), fc2 \(4 → 4\), fc_out \(4 → 4\)$/,
    ],
    ['two words', layers(['hidden', 4, 4], ['output', 4, 4]), /cannot be known/],
    ['letters', layers(['fc_a', 4, 4], ['fc_b', 4, 4]), /cannot be known/],
    ['PyTorch’s fc beside fc_1', layers(['fc', 4, 4], ['fc_1', 4, 4]), /cannot be known/],
    ['equal numbers', layers(['fc1', 4, 4], ['fc01', 4, 4]), /cannot be known/],
    ['a Keras name beside dense', layers(['dense', 4, 4], ['logits_dense', 4, 4]), /cannot be known/],
    ['sizes in a circle', layers(['encoder', 9, 4], ['decoder', 4, 9]), /cannot be known/],
    ['numbers that are widths', layers(['fc128', 9, 128], ['fc64', 128, 64]), /do not give an order/],
    ['sizes that never fit', layers(['a', 4, 3], ['b', 4, 3]), /do not give an order/],
    [
      'too many layers to search',
      layers(
        ...Array.from({ length: 40 }, (_, i): [string, number, number] => [`${'x'.repeat(i + 1)}`, 4, 4]),
      ),
      /cannot be known.*xxxx \(4 → 4\), and 20 more$/,
    ],
  ])('asks for the order of %s', (_how, given, message) => {
    expect(() => orderLayers(given)).toThrow(OrderError)
    expect(() => orderLayers(given)).toThrow(message)
  })

  it('asks for the order of layers whose search would have no end', () => {
    // Two complete graphs joined nowhere: many long ways, and none takes all layers.
    const edges = (nodes: number, first: number) =>
      Array.from({ length: nodes * nodes }, (_, i): [string, number, number] => [
        `${'a'.repeat(first + 1)}${'b'.repeat(i)}`,
        first + Math.floor(i / nodes),
        first + (i % nodes),
      ])
    expect(() => orderLayers(layers(...edges(5, 1), ...edges(5, 20)))).toThrow(OrderError)
    const many = Array.from({ length: 5000 }, (_, i): [string, number, number] => ['c'.repeat(i), 4, 4])
    expect(() => orderLayers(layers(...many))).toThrow('and 4980 more')
  })

  it('takes a given order, which must name each layer once', () => {
    const given = layers(['fc1', 4, 4], ['fc2', 4, 4], ['fc_out', 4, 4])
    expect(namesOf(orderLayers(given, ['fc_out', 'fc1', 'fc2']))).toBe('fc_out fc1 fc2')
    for (const order of [['fc1', 'fc2'], ['fc1', 'fc2', 'fc2'], ['fc1', 'fc2', 'fc3'], ['']]) {
      expect(() => orderLayers(given, order)).toThrow(/--order .* must name each of its layers once: fc1 \(4/)
    }
  })

  it('shows names without control characters', () => {
    expect(() => orderLayers(layers(['\u001b[31m', 4, 4], ['b', 4, 4]))).toThrow(/\\x1b\[31m \(4 → 4\)/)
  })

  it('rejects two layers of the same name', () => {
    expect(() => orderLayers(layers(['a', 4, 4], ['a', 4, 4]))).toThrow(WeightsError)
  })

  it('gives an order in which the layers fit, whatever the order in the file', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 7 })
    fc.assert(
      fc.property(widths, fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (widths, seed, isNumbered) => {
        const chain = layers(
          ...widths
            .slice(1)
            .map((units, i): [string, number, number] => [
              isNumbered ? `fc${i}` : 'abcdefgh'[(i * 5 + seed) % 8],
              widths[i],
              units,
            ]),
        )
        const shuffled = chain.map((_, i) => chain[(i + seed) % chain.length])
        try {
          expect(orderLayers(shuffled)).toEqual(chain)
        } catch (error) {
          if (!(error instanceof OrderError)) throw error
          expect(isNumbered).toBe(false)
        }
      }),
    )
  })
})
