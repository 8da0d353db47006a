/** `distribute`: the gradient of each batch, computed by all processes of a group. */
import { type FloatArray, type Parameter, type ParameterLike, Tensor } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import type { Group } from './connect.ts'
import { nextRandomState, shardRandomState } from './shard-random.ts'
import { partsPerSubtree, treeSum } from './tree-sum.ts'

/** The targets of N samples: class indices (N), or a tensor (N, …). */
export type Targets = Uint8Array | Int32Array | Tensor

/** What a model must have; every `Network` satisfies it. `lossAndGradient` fills the gradients that `parameters` hand out. */
export interface Distributable<T extends Targets = Targets> {
  lossAndGradient(x: Tensor, t: T): { readonly loss: number }
  parameters(): readonly Parameter[]
  /** Tensors that a pass updates, such as running statistics. */
  buffers?(): readonly ParameterLike[]
  /** The states of the generators that a pass draws from. */
  randomState?: unknown
  predict?(x: Tensor): Tensor
  loss?(x: Tensor, t: T): number
}

export interface DistributeOptions {
  /** Number S of parts of each batch, 8 by default, and at least the number of processes. The bits depend on it, and on it alone. */
  shards?: number
}

/** A model whose gradient all processes compute together; it fits where a `Network` is trained, as in `fit`. */
export interface DistributedModel<T extends Targets = Targets> extends Distributable<T> {
  /** Returns the loss of the batch, and fills the gradients of `parameters`: the same bits in each process. */
  lossAndGradient(x: Tensor, t: T): { readonly loss: number }
  /** The weights of the model, with the gradients of the whole batch. */
  parameters(): readonly Parameter[]
}

/**
 * Returns a model that computes the gradient of a batch with all processes of the group. Each calls it with the same batch; it is
 * cut into S shards, of which each process computes its share:
 *
 *     L = Σ_s (n_s/N)·L_s,  ∂L/∂w = Σ_s (n_s/N)·∂L_s/∂w
 *
 * The terms are gathered as bytes, and added by every process in one fixed tree. So the weights have the same bits for any number of
 * processes, and with any MPI; they depend on S, and S = 1 gives those of the model alone. Buffers, such as the running
 * statistics of batch normalization, are means over the shards in the same way; statistics of a batch are those of a shard.
 * Random layers draw for each shard from a generator of its own.
 *
 * The weights and buffers of the first process are sent to all others at once.
 *
 * Throws a `RangeError` unless shards is an integer of at least the number of processes; a `TypeError` for what is no model.
 */
export function distribute<T extends Targets>(
  model: Distributable<T>,
  group: Group,
  options?: DistributeOptions,
): DistributedModel<T> {
  const { shards = 8 } = checkOptions('distribute', options, ['shards'])
  if (typeof model?.lossAndGradient !== 'function' || typeof model.parameters !== 'function') {
    throw new TypeError(
      `distribute: model must have lossAndGradient(x, t) and parameters(), as a Network has, not ${showValue(model)}`,
    )
  }
  if (!Number.isInteger(shards) || shards < group.size) {
    throw new RangeError(
      `distribute: shards must be an integer of at least the number of processes, ${group.size}, not ${showValue(shards)}`,
    )
  }
  const owned = model.parameters()
  const sums = owned.map(({ value }) => new Tensor(value.data.slice(), value.shape))
  const buffers = model.buffers?.() ?? []
  for (const { value } of [...owned, ...buffers]) group.broadcast(value.data)
  let isComputed = false
  const parameters = owned.map(({ name, value }, i) => ({
    name,
    value,
    get grad(): Tensor {
      if (isComputed) return sums[i]
      throw new Error(`distribute: ${name} has no gradient before the first lossAndGradient`)
    },
  }))
  const exchange = createExchange([...sums, ...buffers.map(({ value }) => value)], group, shards)

  const lossAndGradient = (x: Tensor, t: T) => {
    const count = x.shape[0]
    const { randomState } = model
    const before = buffers.map(({ value }) => value.data.slice())
    const loss = exchange((shard, into) => {
      const [start, end] = [shard, shard + 1].map((s) => Math.floor((s * count) / shards))
      if (start === end) return 0
      for (const [i, { value }] of buffers.entries()) value.data.set(before[i])
      if (randomState !== undefined) {
        model.randomState = shards === 1 ? randomState : shardRandomState(randomState, shard)
      }
      const { loss } = model.lossAndGradient(x.rows(start, end), rowsOf(t, start, end))
      const computed = [...model.parameters().map(({ grad }) => grad), ...buffers.map(({ value }) => value)]
      const weight = (end - start) / count
      for (const [i, { data }] of computed.entries()) scaleInto(into[i], data, weight)
      return weight * loss
    })
    if (randomState !== undefined && shards > 1) model.randomState = nextRandomState(randomState)
    isComputed = true
    return { loss }
  }
  return {
    lossAndGradient,
    parameters: () => parameters,
    buffers: () => buffers,
    get randomState() {
      return model.randomState
    },
    set randomState(state) {
      model.randomState = state
    },
    ...(model.predict && { predict: (x: Tensor) => model.predict?.(x) as Tensor }),
    ...(model.loss && { loss: (x: Tensor, t: T) => model.loss?.(x, t) as number }),
  }
}

/**
 * Returns a function that lets each process compute its shards, and writes the sum over all shards into `results`. It returns the sum
 * of what `compute` returns. `compute(shard, into)` fills an array for each result.
 */
function createExchange(results: readonly Tensor[], group: Group, shards: number) {
  const perProcess = Math.ceil(shards / group.size)
  const perSubtree = partsPerSubtree(perProcess)
  const subtrees = perProcess / perSubtree
  const length = results.reduce((sum, { size }) => sum + size, 0)
  const Elements = (results[0]?.data ?? new Float64Array()).constructor as new (length: number) => FloatArray
  const own = Array.from({ length: perProcess }, () => new Elements(length))
  const sent = new Elements(subtrees * length)
  const received = new Elements(group.size * sent.length)
  const losses = new Float64Array(perProcess)
  const allLosses = new Float64Array(group.size * perProcess)
  const views = own.map((shard) => split(shard, results))

  /** The number of shards of this process; the last processes may have fewer than others. */
  const count = Math.max(0, Math.min(perProcess, shards - group.rank * perProcess))

  return (compute: (shard: number, into: readonly FloatArray[]) => number): number => {
    for (let i = 0; i < count; i++) {
      own[i].fill(0)
      losses[i] = compute(group.rank * perProcess + i, views[i])
    }
    for (let i = 0; i < count; i += perSubtree) {
      sent.set(treeSum(own.slice(i, Math.min(i + perSubtree, count))), (i / perSubtree) * length)
    }
    group.allGather(sent, received)
    group.allGather(losses, allLosses)
    const parts = Array.from({ length: Math.ceil(shards / perSubtree) }, (_, i) =>
      received.subarray(i * length, (i + 1) * length),
    )
    const total = split(treeSum(parts), results)
    for (const [i, { data }] of results.entries()) data.set(total[i])
    return treeSum(Array.from(allLosses.subarray(0, shards), (loss) => Float64Array.of(loss)))[0]
  }
}

/** Returns the parts of an array that belong to tensors that lie in it one after the other. */
function split(elements: FloatArray, tensors: readonly Tensor[]): FloatArray[] {
  let end = 0
  return tensors.map(({ size }) => elements.subarray(end, (end += size)))
}

function scaleInto(out: FloatArray, x: FloatArray, factor: number): void {
  for (let i = 0; i < out.length; i++) out[i] = factor * x[i]
}

const rowsOf = <T extends Targets>(t: T, start: number, end: number): T =>
  (t instanceof Tensor ? t.rows(start, end) : t.subarray(start, end)) as T
