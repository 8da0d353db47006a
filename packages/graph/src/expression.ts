/** Expressions: formulas over layers, of which nothing is computed before `graphOf` runs them. */
import type { LayerLike, NumberOrTensor } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { isNumberOrTensor } from './values.ts'

/** A variable, with respect to which the result is differentiated. */
export interface InputNode {
  readonly kind: 'input'
  readonly name: string
  readonly label: string
  readonly value: NumberOrTensor
}

/** An input of a layer that is not differentiated: labels, in whatever form the layer takes them. */
export interface ConstantNode {
  readonly kind: 'constant'
  readonly name: string
  readonly label: string
  readonly value: unknown
}

/** A layer with its inputs. */
export interface OperationNode {
  readonly kind: 'operation'
  readonly name?: string
  readonly label: string
  readonly layer: LayerLike
  readonly inputs: readonly Expression[]
}

/** A formula over layers. */
export type Expression = InputNode | ConstantNode | OperationNode

/**
 * A variable. Its `name` is unique in the expression; `label` is the text in the picture, by default the name. Throws a
 * `TypeError` if the value is neither a number nor a tensor.
 */
export function inputNode(name: string, value: NumberOrTensor, options?: { label?: string }): InputNode {
  checkName('inputNode', name)
  if (!isNumberOrTensor(value)) {
    throw new TypeError(`inputNode: ${name} must be a number or a tensor, not ${showValue(value)}`)
  }
  const { label = name } = checkOptions('inputNode', options, ['label'])
  return { kind: 'input', name, label, value }
}

/** A value that is not differentiated, such as the labels of a loss. */
export function constantNode(name: string, value: unknown, options?: { label?: string }): ConstantNode {
  checkName('constantNode', name)
  const { label = name } = checkOptions('constantNode', options, ['label'])
  return { kind: 'constant', name, label, value }
}

function checkName(caller: string, name: unknown): void {
  if (typeof name === 'string') return
  throw new TypeError(`${caller}: the name must be a string, not ${showValue(name)}`)
}

/**
 * A layer applied to inputs: `applyLayer(new MulLayer(), [apple, count], { name: 'apples' })`.
 *
 * The label is `×` for a MulLayer, `+` for an AddLayer, else the name of the layer's class, unless it is given. Throws a
 * `TypeError` if the layer has no `forward` and `backward`, or an input is not an expression.
 */
export function applyLayer(
  layer: LayerLike,
  inputs: readonly Expression[],
  options?: { name?: string; label?: string },
): OperationNode {
  if (typeof layer?.forward !== 'function' || typeof layer.backward !== 'function') {
    throw new TypeError(`applyLayer: a layer has forward and backward, but ${showValue(layer)} does not`)
  }
  const { name, label = layerLabel(layer) } = checkOptions('applyLayer', options, ['name', 'label'])
  if (!Array.isArray(inputs)) {
    throw new TypeError(`applyLayer: inputs must be an array of expressions, not ${showValue(inputs)}`)
  }
  for (const [i, input] of inputs.entries()) {
    if (isExpression(input)) continue
    throw new TypeError(
      'applyLayer: inputs are expressions, from inputNode, constantNode or applyLayer, ' +
        `but input ${i + 1} of ${label} is ${showValue(input)}`,
    )
  }
  return { kind: 'operation', name, label, layer, inputs: [...inputs] }
}

/** Whether `subject` is an expression rather than a network. */
export const isExpression = (subject: unknown): subject is Expression =>
  ['input', 'constant', 'operation'].includes((subject as Partial<Expression> | undefined)?.kind ?? '')

const SYMBOLS: Record<string, string> = { MulLayer: '×', AddLayer: '+', Object: 'f' }

/** The default label of a layer. */
export function layerLabel(layer: unknown): string {
  const name = (layer as object | undefined)?.constructor?.name || String(layer)
  return Object.hasOwn(SYMBOLS, name) ? SYMBOLS[name] : name
}
