import type { DType, Parameter, Shape, Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'
import { checkSampleShape } from './checks.ts'
import {
  type BackwardOptions,
  type Buffer,
  type ForwardOptions,
  type Layer,
  parameter,
  type RandomState,
} from './layer.ts'

/**
 * Layers in a row, itself a layer: `forward` goes through them in order, `backward` in reverse.
 *
 *     y = fₙ(… f₁(f₀(x)))      dx = f₀′ᵀ·(f₁′ᵀ·(… fₙ′ᵀ·dout))
 *
 * Parameters and buffers are named by position: `0.W`, `0.b`, `2.W`, …
 */
export class Sequential implements Layer {
  readonly layers: readonly Layer[]

  /** Throws a `TypeError` if something is not a layer, a `RangeError` if a layer occurs twice or does not take the shape that the layer before it gives. */
  constructor(layers: readonly Layer[]) {
    outputShapes(layers, undefined, 'Sequential')
    this.layers = [...layers]
  }

  forward(x: Tensor, options?: ForwardOptions): Tensor {
    checkTensor('Sequential', 'x', x)
    return this.layers.reduce((value, layer) => layer.forward(value, options), x)
  }

  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  backward(dout: Tensor, options?: BackwardOptions): Tensor | undefined
  backward(dout: Tensor, options?: BackwardOptions): Tensor | undefined {
    checkTensor('Sequential', 'dout', dout)
    const [first, ...rest] = this.layers
    const dFirst = rest.reduceRight((value, layer) => layer.backward(value), dout)
    return first ? first.backward(dFirst, options) : dFirst
  }

  parameters(): Parameter[] {
    return this.layers.flatMap((layer, position) =>
      layer.parameters().map((own) => parameter(`${position}.${own.name}`, own.value, () => own.grad)),
    )
  }

  buffers(): Buffer[] {
    return this.layers.flatMap((layer, position) =>
      (layer.buffers?.() ?? []).map(({ name, value }) => ({ name: `${position}.${name}`, value })),
    )
  }

  /** Those of the layers, in order; `undefined` if none is random. */
  get randomState(): RandomState | undefined {
    return randomStates(this.layers)
  }

  set randomState(state: RandomState | undefined) {
    assignRandomStates(this.layers, state)
  }

  /** That of the first layer. */
  get inputShape(): Shape | undefined {
    return this.layers[0]?.inputShape
  }

  outputShape(inputShape: Shape): Shape | undefined {
    return [inputShape, ...outputShapes(this.layers, inputShape, 'Sequential')].at(-1)
  }

  /** Returns a copy in another dtype. Throws a `TypeError` if a layer has no `astype`. */
  astype(dtype: DType): Sequential {
    return new (this.constructor as typeof Sequential)(
      Object.values(layersAs(this.layers, dtype, 'Sequential')),
    )
  }
}

/** Returns the random states of layers in order, with `undefined` for one that is not random; `undefined` if none is. */
export function randomStates(layers: readonly Layer[]): RandomState | undefined {
  checkLayers(layers, 'randomStates')
  const states = layers.map((layer) => layer.randomState)
  return states.some((state) => state !== undefined) ? states : undefined
}

/** Assigns what `randomStates` returned. Throws a `RangeError` for the states of another number of layers. */
export function assignRandomStates(layers: readonly Layer[], states: RandomState | undefined): void {
  checkLayers(layers, 'assignRandomStates')
  if (states === undefined) return
  if (!Array.isArray(states) || states.length !== layers.length) {
    throw new RangeError(
      `assignRandomStates: states must be an array with the state of each of the ${layers.length} layers`,
    )
  }
  for (const [i, state] of states.entries()) {
    if (state !== undefined && state !== null) layers[i].randomState = state
  }
}

type Layers = readonly Layer[] | Readonly<Record<string, Layer>>

/**
 * Throws a `TypeError`, which begins with `what`, if something is not a layer, and a `RangeError` if a layer occurs twice: it
 * stores one `forward` only.
 */
function checkLayers(layers: Layers, what: string): void {
  if (!Array.isArray(layers) && Object.prototype.toString.call(layers) !== '[object Object]') {
    throw new TypeError(
      `${what}: layers must be an array of layers, or layers by name, not ${showValue(layers)}`,
    )
  }
  const all = Object.values(layers)
  for (const [name, layer] of Object.entries(layers)) {
    if (typeof layer?.forward === 'function') continue
    throw new TypeError(
      `${what}: layer ${name} must be a layer, an object with forward and backward, not ${showValue(layer)}`,
    )
  }
  if (new Set(all).size === all.length) return
  throw new RangeError(
    `${what}: a layer occurs twice; it stores one forward pass only, so make a second layer`,
  )
}

/**
 * Returns the shape of one sample after each layer, without the batch axis; `undefined` if it is not known. Without
 * `inputShape`, it is known from the first layer that takes one size only. Throws a `RangeError`, which begins with `what`
 * and names the layer, if a layer does not take the shape that it is given or occurs twice, and a `TypeError` if something is
 * not a layer.
 */
export function outputShapes(
  layers: Layers,
  inputShape: Shape | undefined,
  what: string,
): (Shape | undefined)[] {
  checkLayers(layers, what)
  let shape = inputShape && checkSampleShape(inputShape, what)
  let before: string | undefined
  return Object.entries(layers).map(([name, layer]) => {
    shape ??= layer.inputShape
    try {
      shape = shape && layer.outputShape?.(shape)
    } catch (error) {
      const place = before === undefined ? 'does not take the input' : `cannot follow layer ${before}`
      throw new RangeError(
        `${what}: layer ${name} ${place}: ${error instanceof Error ? error.message : error}`,
      )
    }
    before = name
    return shape
  })
}

/** Returns copies of layers in another dtype, by name. Throws a `TypeError`, which begins with `what`, if one has no `astype`. */
export const layersAs = (layers: Layers, dtype: DType, what: string): Record<string, Layer> =>
  Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => {
      if (layer.astype) return [name, layer.astype(dtype)]
      throw new TypeError(`${what}: layer ${name} cannot be converted to ${dtype}: it has no astype(dtype)`)
    }),
  )
