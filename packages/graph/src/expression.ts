import type { LayerLike } from './layer-like.ts'
import type { Value } from './value.ts'

/** A variable, of which the result is differentiated. */
export interface Input {
  readonly kind: 'input'
  readonly name: string
  readonly label: string
  readonly value: Value
}

/** Something that goes into a layer and is not differentiated: labels, in whatever form the layer takes them. */
export interface Constant {
  readonly kind: 'constant'
  readonly name: string
  readonly label: string
  readonly value: unknown
}

/** A layer with what is fed into it. */
export interface Operation {
  readonly kind: 'operation'
  readonly name?: string
  readonly label: string
  readonly layer: LayerLike
  readonly inputs: readonly Expression[]
}

/** A formula over layers: nothing is computed before `graphOf` runs it. */
export type Expression = Input | Constant | Operation

/** A variable of an expression. Its name is unique there; `label` is what is drawn, the name by default. */
export const input = (name: string, value: Value, { label = name }: { label?: string } = {}): Input => ({
  kind: 'input',
  name,
  label,
  value,
})

/** A value that is not differentiated, such as the labels that a loss is given. */
export const constant = (
  name: string,
  value: unknown,
  { label = name }: { label?: string } = {},
): Constant => ({ kind: 'constant', name, label, value })

/**
 * A layer applied to inputs: `apply(new MulLayer(), [apple, count], { name: 'apples' })`.
 *
 * The label is the symbol of a MulLayer or an AddLayer, else the name of the layer's class, unless it is given. Throws a
 * `TypeError` where the layer has no `forward` and `backward`, or an input is no expression.
 */
export function apply(
  layer: LayerLike,
  inputs: readonly Expression[],
  { name, label = symbolOf(layer) }: { name?: string; label?: string } = {},
): Operation {
  if (typeof layer?.forward !== 'function' || typeof layer.backward !== 'function') {
    throw new TypeError(`apply: a layer has forward and backward, but ${label} does not`)
  }
  for (const [i, one] of inputs.entries()) {
    if (isExpression(one)) continue
    throw new TypeError(
      `apply: inputs are expressions, from input, constant or apply, but input ${i + 1} of ${label} is ${String(one)}`,
    )
  }
  return { kind: 'operation', name, label, layer, inputs: [...inputs] }
}

/** Whether this is a formula, not a network. */
export const isExpression = (subject: unknown): subject is Expression =>
  ['input', 'constant', 'operation'].includes((subject as Partial<Expression> | undefined)?.kind ?? '')

const symbols: Record<string, string> = { MulLayer: '×', AddLayer: '+', Object: 'f' }

/** What a layer is called where nothing is said. */
export function symbolOf(layer: unknown): string {
  const name = (layer as object | undefined)?.constructor?.name || String(layer)
  return Object.hasOwn(symbols, name) ? symbols[name] : name
}
