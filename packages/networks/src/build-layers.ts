/** Layers from descriptions, which are plain data and so can be written as JSON. */
import { type Layer, outputShapes } from '@gosa/layers'
import { createRng, type DType, type Rng, type Shape, showShape } from '@gosa/linalg'
import { checkOptions, didYouMean, showValue } from '@gosa/linalg/options'
import { LAYER_TYPES, type LayerDescription } from './layer-types.ts'

/** Layers of a network as data. Entries may be layers as well, which are then part of the network as they are. */
export interface LayersDescription {
  /** The shape of one sample, without the batch axis: `[784]`, `[1, 28, 28]`. */
  inputShape?: Shape
  /** In order, in an array or by name. */
  layers: readonly (Layer | LayerDescription)[] | Readonly<Record<string, Layer | LayerDescription>>
  /** Source of the random weights, and of the seeds of dropout masks; `createRng(0)` by default. */
  rng?: Rng
  /** `float32` by default. */
  dtype?: DType
}

/**
 * Builds layers, each for the output shape of the one before it, and returns them by name, together with the input shape:
 *
 *     new Network({ ...buildLayers({ inputShape: [784], layers: [{ type: 'affine', units: 10 }] }), loss })
 *
 * Throws a `RangeError` or `TypeError` that names the layer if a description is wrong or does not fit the layer before it.
 */
export function buildLayers(description: LayersDescription): {
  layers: Record<string, Layer>
  inputShape?: Shape
} {
  const {
    layers: given,
    inputShape,
    rng = createRng(0),
    dtype = 'float32',
  } = checkOptions('buildLayers', description, ['layers', 'inputShape', 'rng', 'dtype'], ['layers'])
  checkInputShape(inputShape)
  if (typeof given !== 'object') {
    throw new TypeError(`buildLayers: layers must be an array, or layers by name, not ${showValue(given)}`)
  }
  const layers: Record<string, Layer> = {}
  for (const [name, one] of Object.entries(given)) {
    if (isLayer(one)) {
      layers[name] = one
    } else {
      const shape = [inputShape, ...outputShapes(layers, inputShape, 'buildLayers')].at(-1)
      layers[name] = buildLayer(name, one, shape, { rng, dtype })
    }
  }
  return { layers, inputShape }
}

const isLayer = (given: Layer | LayerDescription): given is Layer =>
  typeof (given as Partial<Layer> | null)?.forward === 'function'

function buildLayer(
  name: string,
  description: LayerDescription,
  inputShape: Shape | undefined,
  options: { rng: Rng; dtype: DType },
): Layer {
  checkDescription(name, description)
  const { type, ...own } = description
  const { needsShape, make } = LAYER_TYPES[type]
  if (needsShape && !inputShape) {
    throw new RangeError(
      `buildLayers: layer ${name} (${type}) has no known input shape: add inputShape, the shape of one sample, such as [784] or [1, 28, 28]`,
    )
  }
  try {
    const layer = make(own as never, { inputShape: inputShape ?? [], ...options })
    // A window that does not fit is reported here, with the layer's name.
    if (inputShape) layer.outputShape?.(inputShape)
    return layer
  } catch (error) {
    throw new RangeError(`buildLayers: layer ${name}: ${error instanceof Error ? error.message : error}`)
  }
}

/** Throws unless it is an object with a known `type` and the keys of that type. */
function checkDescription(name: string, description: LayerDescription): void {
  if (typeof description?.type !== 'string') {
    throw new TypeError(
      `buildLayers: layer ${name} must be a layer, with forward and backward, or a description such as { type: 'affine', units: 50 }`,
    )
  }
  const { type } = description
  const types = Object.keys(LAYER_TYPES)
  if (!types.includes(type)) {
    throw new RangeError(
      `buildLayers: layer ${name} has the unknown type ${JSON.stringify(type)}${didYouMean(type, types) || `; types are ${types.join(', ')}`}`,
    )
  }
  const keys = ['type', ...LAYER_TYPES[type].keys]
  checkOptions<object>(`buildLayers: layer ${name} (${type})`, description, keys as never[])
}

function checkInputShape(shape: Shape | undefined): void {
  if (shape === undefined) return
  if (Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 1)) return
  throw new RangeError(
    `buildLayers: inputShape must be integers of at least 1, such as [784] or [1, 28, 28], not ${
      Array.isArray(shape) ? showShape(shape.map(showValue) as never) : showValue(shape)
    }`,
  )
}
