/** A network as plain data: what a model file says of it, and the network that this makes. */
import { type Layer, outputShapes } from '@gosa/layers'
import { type DType, type Shape, sameShape, showShape, type Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'
import {
  BinaryCrossEntropyWithLogits,
  HuberLoss,
  type Loss,
  type LossData,
  MeanSquaredErrorLoss,
  SoftmaxWithLoss,
} from '@gosa/losses'
import { buildLayers } from '../build-layers.ts'
import { LAYER_TYPES, type LayerDescription } from '../layer-types.ts'
import { Network, type NetworkData } from '../network.ts'

/** What the header of a file says of a tensor. */
export interface TensorInfo {
  /** `F32` or `F64`. */
  readonly dtype: string
  readonly shape: Shape
}

const LOSSES: Readonly<Record<string, (options: object) => Loss<never>>> = {
  softmaxWithLoss: (options) => new SoftmaxWithLoss(options),
  binaryCrossEntropyWithLogits: (options) => new BinaryCrossEntropyWithLogits(options),
  huberLoss: (options) => new HuberLoss(options),
  meanSquaredErrorLoss: () => new MeanSquaredErrorLoss(),
}

const DTYPES: Readonly<Record<DType, string>> = { float32: 'F32', float64: 'F64' }

/**
 * Returns the network that plain data describe, after all shapes have been compared with those of the tensors that a file
 * holds: no more memory is allocated than these take. The weights are to be copied into it.
 *
 * Throws a `RangeError` or `TypeError`, which begins with `caller`, for layers and losses that are not known, and shapes that
 * do not fit.
 */
export function networkOf(
  caller: string,
  data: NetworkData,
  tensors: Readonly<Record<string, TensorInfo>>,
): Network<never> {
  checkData(caller, data)
  const { inputShape, layers: described, loss: lossData, dtype, weightDecay, names = {} } = data
  const nameOf = (parameter: string, layer: string) =>
    names[`${layer}.${parameter}`] ?? `${layer}.${parameter}`
  const found = new Set<string>()
  const layers: Record<string, Layer> = {}
  for (const [name, description] of Object.entries(described)) {
    const shape = [inputShape, ...outputShapes(layers, inputShape, caller)].at(-1)
    for (const [parameter, needed] of Object.entries(shapesOf(caller, name, description, shape))) {
      const tensor = nameOf(parameter, name)
      const info = Object.hasOwn(tensors, tensor) ? tensors[tensor] : undefined
      if (!info || !sameShape(info.shape, needed) || info.dtype !== DTYPES[dtype]) {
        const is = info ? `${showShape(info.shape)} ${info.dtype}` : 'missing'
        throw new RangeError(
          `${caller}: layer ${name} (${description.type}) needs ${tensor} ${showShape(needed)} ${DTYPES[dtype]}, but it is ${is}`,
        )
      }
      found.add(tensor)
    }
    const own = withoutInit(description)
    const built = withCaller(caller, () => buildLayers({ layers: { [name]: own }, inputShape: shape, dtype }))
    Object.assign(layers, built.layers)
  }
  const unknown = Object.keys(tensors).find((name) => !found.has(name))
  if (unknown !== undefined) throw new RangeError(`${caller}: no layer has the tensor ${showValue(unknown)}`)
  const loss = withCaller(caller, () => lossOf(caller, lossData))
  return withCaller(
    caller,
    () => new Network({ layers, loss, inputShape, weightDecay, parameterName: nameOf }),
  )
}

/**
 * Returns the network that `describe()` described, with these weights and buffers by name: the way back from plain data, such as
 * a message between threads. Throws a `RangeError` or `TypeError` for layers and losses that are not known, and tensors that are
 * none or do not fit.
 */
export function createNetwork(data: NetworkData, tensors: Readonly<Record<string, Tensor>>): Network<never> {
  checkData('createNetwork', data)
  for (const [name, value] of Object.entries(tensors ?? {})) checkTensor('createNetwork', name, value)
  const infos = Object.entries(tensors ?? {}).map(([name, { dtype, shape }]) => [
    name,
    { dtype: DTYPES[dtype], shape },
  ])
  const network = networkOf('createNetwork', data, Object.fromEntries(infos))
  loadTensors(network, tensors)
  return network
}

/** The description with weights of 0, which the saved ones replace, where they would be drawn at random. */
const withoutInit = (description: LayerDescription): LayerDescription =>
  LAYER_TYPES[description.type].keys.includes('init')
    ? ({ ...description, init: 0 } as LayerDescription)
    : description

/** Copies tensors into those of the same names. */
export function loadTensors(network: Network<never>, tensors: Readonly<Record<string, Tensor>>): void {
  for (const { name, value } of [...network.parameters(), ...network.buffers()]) {
    value.data.set(tensors[name].data)
  }
}

function shapesOf(
  caller: string,
  name: string,
  description: LayerDescription,
  inputShape: Shape | undefined,
): Readonly<Record<string, Shape>> {
  if (!Object.hasOwn(LAYER_TYPES, description?.type)) {
    throw new RangeError(
      `${caller}: layer ${name} has the type ${showValue(description?.type)}, which is not known; types are ${Object.keys(LAYER_TYPES).join(', ')}`,
    )
  }
  const { shapes, needsShape } = LAYER_TYPES[description.type]
  if (needsShape && !inputShape)
    throw new RangeError(`${caller}: the input shape of layer ${name} is not known`)
  try {
    return shapes?.(description as never, inputShape ?? []) ?? {}
  } catch {
    throw new RangeError(`${caller}: the description of layer ${name} (${description.type}) is not complete`)
  }
}

function lossOf(caller: string, { type, ...options }: LossData): Loss<never> {
  if (Object.hasOwn(LOSSES, type)) return LOSSES[type](options)
  throw new RangeError(
    `${caller}: the loss ${showValue(type)} is not known; losses are ${Object.keys(LOSSES).join(', ')}`,
  )
}

function checkData(caller: string, data: NetworkData): void {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null
  const { inputShape, layers, loss, dtype, names = {} } = isObject(data) ? data : ({} as NetworkData)
  const isShape =
    Array.isArray(inputShape) && inputShape.every((length) => Number.isInteger(length) && length >= 1)
  const areNames = isObject(names) && Object.values(names).every((name) => typeof name === 'string')
  if (isShape && isObject(layers) && isObject(loss) && Object.hasOwn(DTYPES, dtype) && areNames) return
  throw new RangeError(`${caller}: the architecture must have inputShape, layers, loss and dtype`)
}

/** Lets errors begin with `caller`. */
function withCaller<T>(caller: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    const message = (error as Error).message
    if (message.startsWith(caller)) throw error
    throw new (error instanceof TypeError ? TypeError : RangeError)(`${caller}: ${message}`)
  }
}
