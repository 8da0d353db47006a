import type { Tensor } from '@gosa/linalg'
import { type Activation, littleEndianBytes } from '@gosa/networks'
import type { Weights } from '@gosa/training'
import type { Model } from './model.ts'
import { bytes, type Field, joined, message, number, numbers, text } from './protobuf.ts'

/** Of June 2020, so that old readers do too; the operators below have not changed since. */
const OPSET = 13
const IR_VERSION = 7
const ELEMENTS = { float32: 1, float64: 11 } as const
const OPERATORS: Readonly<Record<Activation, string>> = { relu: 'Relu', sigmoid: 'Sigmoid', tanh: 'Tanh' }

/** The names of what goes in and comes out. */
export const INPUT = 'images'
export const OUTPUT = 'logits'

/**
 * A network as an ONNX model: Gemm, activation, Gemm, …, Gemm, for any number of images at once.
 *
 *     images (N, D) → logits (N, C)
 *
 * Source: `onnx.proto` of the ONNX project, whose numbers of fields stand here.
 */
export function encodeOnnx({ weights, activation }: Pick<Model, 'weights' | 'activation'>): Uint8Array {
  const graph = graphFields(weights, activation)
  return joined([
    number(1, IR_VERSION),
    text(2, 'gosa'),
    message(7, ...graph),
    message(8, text(1, ''), number(2, OPSET)),
    message(14, text(1, 'activation'), text(2, activation)),
  ])
}

function graphFields(weights: Weights, activation: Activation): Field[] {
  const depth = Object.keys(weights).length / 2
  const { W1, [`b${depth}`]: bLast } = weights
  const nodes: Field[] = []
  for (let i = 1, input = INPUT; i <= depth; i++) {
    const affine = i === depth ? OUTPUT : `affine${i}`
    nodes.push(node('Gemm', `Affine${i}`, [input, `W${i}`, `b${i}`], affine))
    input = `${activation}${i}`
    if (i < depth) nodes.push(node(OPERATORS[activation], `${OPERATORS[activation]}${i}`, [affine], input))
  }
  const { dtype } = W1
  return [
    ...nodes,
    text(2, 'classifier'),
    ...Object.entries(weights).map(([name, tensor]) => initializer(name, tensor)),
    batch(11, INPUT, W1.shape[0], dtype),
    batch(12, OUTPUT, bLast.size, dtype),
  ]
}

const node = (operator: string, name: string, inputs: readonly string[], output: string): Field =>
  message(1, ...inputs.map((input) => text(1, input)), text(2, output), text(3, name), text(4, operator))

const initializer = (name: string, { shape, dtype, data }: Tensor): Field =>
  message(5, numbers(1, shape), number(2, ELEMENTS[dtype]), text(8, name), bytes(9, littleEndianBytes(data)))

/** What goes in or comes out: (N, size). */
const batch = (field: number, name: string, size: number, dtype: Tensor['dtype']): Field => {
  const shape = message(2, message(1, text(2, 'N')), message(1, number(1, size)))
  return message(field, text(1, name), message(2, message(1, number(1, ELEMENTS[dtype]), shape)))
}
