import { BatchNormalization, type Layer, LayerNormalization } from '@gosa/layers'
import { mul, type Shape, scale, square, type Tensor, tensor, zeros } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'
import { type Pass, type WrongGradients, withReplacedGradients } from './replaced-gradients.ts'

/*
 * Faulty examples: common mistakes in batch and layer normalization, written out. Both normalize groups of values, those of a
 * channel or of a sample: with g = gamma·dout and means over the group,
 *
 *     dx = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε)
 */

/** The values of a group, and the statistics of its x. */
interface Group {
  readonly x: readonly number[]
  readonly dout: readonly number[]
  readonly g: readonly number[]
  readonly normalized: readonly number[]
  readonly gamma: readonly number[]
  readonly variance: number
  readonly deviation: number
}

type GroupOf = (offset: number, shape: Shape) => number
type GradientOfGroup = (group: Group) => readonly number[]

const EPSILON = 1e-5

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
const times = (a: readonly number[], b: readonly number[]): number[] => a.map((one, i) => one * b[i])

/** g − mean(g) − x̂·mean(g·x̂), each of the last two terms times a factor. */
const centred = ({ g, normalized }: Group, meanFactor = 1, varianceFactor = 1): number[] => {
  const [mu, slope] = [meanFactor * mean(g), varianceFactor * mean(times(g, normalized))]
  return g.map((one, i) => one - mu - normalized[i] * slope)
}

const dividedBy = (values: readonly number[], divisor: number): number[] => values.map((one) => one / divisor)

/** Unbiased: with m − 1 in place of m. */
const unbiased = ({ variance, x }: Group): number =>
  Math.sqrt((variance * x.length) / (x.length - 1) + EPSILON)

/** Mistakes in dx that both kinds of normalization share. */
const MISTAKES: Readonly<Record<string, GradientOfGroup>> = {
  'the term of the mean is left out': (group) => dividedBy(centred(group, 0), group.deviation),
  'the term of the variance is left out': (group) => dividedBy(centred(group, 1, 0), group.deviation),
  'mean and variance are taken for constants': ({ g, deviation }) => dividedBy(g, deviation),
  'the deviation is that with m − 1': (group) => dividedBy(centred(group), unbiased(group)),
  'the means are those with m − 1': (group) => {
    const factor = group.x.length / (group.x.length - 1)
    return dividedBy(centred(group, factor, factor), group.deviation)
  },
  'sums in place of means': (group) =>
    dividedBy(centred(group, group.x.length, group.x.length), group.deviation),
  'gamma is left out': (group) => dividedBy(centred({ ...group, g: group.dout }), group.deviation),
  'epsilon is left out': (group) => dividedBy(centred(group), Math.sqrt(group.variance)),
  'the variance in place of the deviation': (group) => dividedBy(centred(group), group.deviation ** 2),
  'x in place of x̂ in the term of the variance': (group) =>
    dividedBy(
      group.g.map((one, i) => one - mean(group.g) - group.x[i] * mean(times(group.g, group.normalized))),
      group.deviation,
    ),
  'the sign of the term of the variance': (group) => dividedBy(centred(group, 1, -1), group.deviation),
}

/** dx, group by group. */
function gradient(
  { x, dout }: Pass,
  gammaAt: (i: number) => number,
  groupOf: GroupOf,
  dxOf: GradientOfGroup,
) {
  const members = new Map<number, number[]>()
  for (let i = 0; i < x.size; i++) {
    const group = groupOf(i, x.shape)
    members.set(group, [...(members.get(group) ?? []), i])
  }
  const dx = zeros(x.shape)
  for (const offsets of members.values()) {
    const values = offsets.map((i) => x.data[i])
    const [mu, gamma] = [mean(values), offsets.map(gammaAt)]
    const variance = mean(values.map((one) => (one - mu) ** 2))
    const deviation = Math.sqrt(variance + EPSILON)
    const d = offsets.map((i) => dout.data[i])
    const normalized = values.map((one) => (one - mu) / deviation)
    const group = { x: values, dout: d, g: times(gamma, d), normalized, gamma, variance, deviation }
    for (const [k, value] of dxOf(group).entries()) dx.data[offsets[k]] = value
  }
  return { x: dx }
}

const correct: GradientOfGroup = (group) => dividedBy(centred(group), group.deviation)

const sizeAfter = (shape: Shape, axis: number): number =>
  shape.slice(axis + 1).reduce((product, length) => product * length, 1)
const byChannel: GroupOf = (i, shape) => Math.floor(i / sizeAfter(shape, 1)) % shape[1]
const bySample: GroupOf = (i, shape) => Math.floor(i / sizeAfter(shape, 0))
/** The book's: each pixel of each channel by itself. */
const byPixel: GroupOf = (i, shape) => i % sizeAfter(shape, 0)

/** Common mistakes in BatchNormalization, in training, and LayerNormalization. */
export const faultyNormalizations = ({ values }: RandomValues): Fault[] => {
  const faulty = <L extends Layer>(
    kind: string,
    name: string,
    layer: L,
    x: Tensor,
    replace: (pass: Pass, layer: L) => WrongGradients,
  ): Fault => ({
    name: `${kind}: ${name}`,
    case: {
      name,
      layer: withReplacedGradients(layer, (pass) => replace(pass, layer)),
      x,
      options: layer.buffers ? { train: true } : {},
    },
  })
  type Replace<L> = (pass: Pass, layer: L) => WrongGradients
  const batch = (name: string, replace: Replace<BatchNormalization>, kind = '') => {
    const [gamma, beta, x] = [values(4), values(4), kind ? values(2, 4, 2, 3) : values(4, 4)]
    return faulty(`BatchNormalization${kind}`, name, new BatchNormalization(gamma, beta), x, replace)
  }
  const dxOfBatch =
    (dxOf: GradientOfGroup, groupOf: GroupOf = byChannel): Replace<BatchNormalization> =>
    (pass, { gamma }) =>
      gradient(pass, (i) => gamma.data[byChannel(i, pass.x.shape)], groupOf, dxOf)
  const sample = (name: string, replace: Replace<LayerNormalization>) =>
    faulty('LayerNormalization', name, new LayerNormalization(values(4), values(4)), values(4, 4), replace)
  const dxOfSample =
    (dxOf: GradientOfGroup, groupOf: GroupOf = bySample): Replace<LayerNormalization> =>
    (pass, { gamma }) =>
      gradient(pass, (i) => gamma.data[i % 4], groupOf, dxOf)
  return [
    ...Object.entries(MISTAKES).flatMap(([name, dxOf]) => [
      batch(name, dxOfBatch(dxOf)),
      batch(name, dxOfBatch(dxOf), ', images'),
      sample(name, dxOfSample(dxOf)),
    ]),
    batch('the running variance in place of that of the batch', (pass, layer) => {
      const { runningVariance } = layer
      const deviations = [...runningVariance.data].map((one) => Math.sqrt(one + EPSILON))
      const { x } = dxOfBatch((group) => centred(group))(pass, layer)
      return {
        x: tensor(
          [...x.data].map((one, i) => one / deviations[i % 4]),
          { shape: x.shape },
        ),
      }
    }),
    batch('statistics of samples in place of channels', dxOfBatch(correct, bySample)),
    batch('statistics of samples in place of channels', dxOfBatch(correct, bySample), ', images'),
    batch('each pixel by itself', dxOfBatch(correct, byPixel), ', images'),
    batch('dgamma with x in place of x̂', ({ x, dout }) => ({ gamma: columnSums(mul(dout, x)) })),
    batch('dgamma with x̂²', ({ x, dout }) => ({ gamma: columnSums(mul(dout, square(x))) })),
    batch('dgamma and dbeta exchanged', (_, { dgamma, dbeta }) => ({ gamma: dbeta, beta: dgamma })),
    batch('dgamma is a mean over the batch', (_, { dgamma }) => ({ gamma: scale(dgamma, 1 / 4) })),
    batch('dbeta is a mean over the batch', (_, { dbeta }) => ({ beta: scale(dbeta, 1 / 4) })),
    batch('dbeta is summed over the channels', ({ dout }) => ({ beta: rowSums(dout) })),
    batch(
      'dbeta of the first image alone',
      ({ dout }) => ({ beta: rowSums(dout.row(0).reshape([4, 6])) }),
      ', images',
    ),
    sample('statistics of features in place of samples', dxOfSample(correct, byChannel)),
    sample('dgamma with x in place of x̂', ({ x, dout }) => ({ gamma: columnSums(mul(dout, x)) })),
    sample('dgamma is summed over the features', ({ x, dout }) => ({ gamma: rowSums(mul(dout, x)) })),
    sample('dbeta is summed over the features', ({ dout }) => ({ beta: rowSums(dout) })),
    sample('dbeta of the first sample alone', ({ dout }) => ({ beta: dout.row(0).clone() })),
  ]
}

const columnSums = (values: Tensor): Tensor =>
  tensor(
    Array.from({ length: values.shape[1] }, (_, c) =>
      sumOf([...values.data].filter((_, i) => i % values.shape[1] === c)),
    ),
  )
const rowSums = (values: Tensor): Tensor =>
  tensor(Array.from({ length: values.shape[0] }, (_, r) => sumOf([...values.row(r).data])))
const sumOf = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
