import { type Tensor, transpose } from '@gosa/linalg'
import type { Weights } from '@gosa/training'
import { ModelError } from './model-error.ts'

/** The numbers in names count: `layers.2` before `layers.10`. */
const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * Weights by our names, W1, b1, W2, b2, …, of those of a file: these same names; or PyTorch's, `0.weight`, `0.bias`,
 * `2.weight`, …, whose matrices (outputs, inputs) are transposed, in the order of their names.
 *
 * Throws a `ModelError` for others.
 */
export function namedWeights(tensors: Readonly<Record<string, Tensor>>): Weights {
  const names = Object.keys(tensors)
  if (names.length > 0 && names.every((name) => /^[Wb][1-9]\d*$/.test(name))) return tensors
  const layers = names.flatMap((name) => /^(.*)\.weight$/.exec(name)?.[1] ?? []).sort(compare)
  const isTorch = names.length === 2 * layers.length && layers.every((layer) => `${layer}.bias` in tensors)
  if (layers.length === 0 || !isTorch) {
    throw new ModelError(
      `it holds ${names.join(', ') || 'nothing'}; needed are W1, b1, W2, b2, …, or as PyTorch names layers of ` +
        'Sequential, 0.weight, 0.bias, 2.weight, 2.bias, …',
    )
  }
  return Object.fromEntries(
    layers.flatMap((layer, i) => {
      const weight = tensors[`${layer}.weight`]
      if (weight.rank !== 2) {
        throw new ModelError(`${layer}.weight has ${weight.rank} axes: it is no matrix of a Linear layer`)
      }
      return [
        [`W${i + 1}`, transpose(weight)],
        [`b${i + 1}`, tensors[`${layer}.bias`]],
      ]
    }),
  )
}
