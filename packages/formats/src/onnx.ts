/**
 * ONNX models, for ONNX Runtime and other programs: a network of fully connected layers as a graph
 *
 *     images (N, D) → Gemm → activation → Gemm → … → Gemm → logits (N, C)
 *
 * Source: `onnx.proto` of the ONNX project, whose field numbers these are.
 */
import type { DType, Tensor } from '@gosa/linalg'
import { checkOptions, checkTensor, showValue } from '@gosa/linalg/options'
import { checkRecord, concatBytes, littleEndianBytes } from './bytes.ts'
import { bytesField, type Field, messageField, packedUintsField, stringField, uintField } from './protobuf.ts'

/** June 2020, so that older readers accept it; the operators used here have not changed since. */
const OPSET_VERSION = 13
const IR_VERSION = 7
const ELEMENT_TYPES = { float32: 1, float64: 11 } as const
const OPERATORS = { relu: 'Relu', sigmoid: 'Sigmoid', tanh: 'Tanh' } as const

const INPUT_NAME = 'images'
const OUTPUT_NAME = 'logits'

/** A network as plain data: its weights by name, and the activation between its layers. */
export interface OnnxNetwork {
  /** W1 (D, H1), b1 (H1), W2 (H1, H2), b2, …, in the order in which they are written. */
  readonly weights: Readonly<Record<string, Tensor>>
  readonly activation: 'relu' | 'sigmoid' | 'tanh'
}

/**
 * Returns the bytes of an ONNX model of the network, for batches of any size N: input `images` (N, D), output `logits`
 * (N, C). The activation is also in the model's metadata. Throws a `TypeError` unless the weights are tensors W1, b1, …, and a
 * `RangeError` for an activation that is not one.
 */
export function encodeOnnx(network: OnnxNetwork): Uint8Array {
  const { weights, activation } = checkNetwork(network)
  return concatBytes([
    uintField(1, IR_VERSION),
    stringField(2, 'gosa'),
    messageField(7, ...graphFields({ weights, activation })),
    messageField(8, stringField(1, ''), uintField(2, OPSET_VERSION)),
    messageField(14, stringField(1, 'activation'), stringField(2, activation)),
  ])
}

function checkNetwork(network: OnnxNetwork): OnnxNetwork {
  const keys = ['weights', 'activation'] as const
  const { weights, activation } = checkOptions('encodeOnnx', network, keys, keys)
  checkRecord('encodeOnnx', 'weights', weights)
  const depth = Math.max(1, Math.ceil(Object.keys(weights).length / 2))
  for (let i = 1; i <= depth; i++) {
    checkTensor('encodeOnnx', `W${i}`, weights[`W${i}`])
    checkTensor('encodeOnnx', `b${i}`, weights[`b${i}`])
  }
  if (Object.hasOwn(OPERATORS, activation)) return network
  throw new RangeError(
    `encodeOnnx: activation must be ${Object.keys(OPERATORS).join(', ')}, not ${showValue(activation)}`,
  )
}

function graphFields({ weights, activation }: OnnxNetwork): Field[] {
  const depth = Object.keys(weights).length / 2
  const { W1, [`b${depth}`]: lastBias } = weights
  const operator = OPERATORS[activation]
  const nodes: Field[] = []
  for (let i = 1, input = INPUT_NAME; i <= depth; i++) {
    const output = i === depth ? OUTPUT_NAME : `affine${i}`
    nodes.push(nodeField('Gemm', `Affine${i}`, [input, `W${i}`, `b${i}`], output))
    input = `${activation}${i}`
    if (i < depth) nodes.push(nodeField(operator, `${operator}${i}`, [output], input))
  }
  return [
    ...nodes,
    stringField(2, 'classifier'),
    ...Object.entries(weights).map(([name, tensor]) => initializerField(name, tensor)),
    batchField(11, INPUT_NAME, W1.shape[0], W1.dtype),
    batchField(12, OUTPUT_NAME, lastBias.size, W1.dtype),
  ]
}

const nodeField = (operator: string, name: string, inputs: readonly string[], output: string): Field =>
  messageField(
    1,
    ...inputs.map((input) => stringField(1, input)),
    stringField(2, output),
    stringField(3, name),
    stringField(4, operator),
  )

const initializerField = (name: string, { shape, dtype, data }: Tensor): Field =>
  messageField(
    5,
    packedUintsField(1, shape),
    uintField(2, ELEMENT_TYPES[dtype]),
    stringField(8, name),
    bytesField(9, littleEndianBytes(data)),
  )

/** An input or output of shape (N, size). */
function batchField(field: number, name: string, size: number, dtype: DType): Field {
  const shape = messageField(2, messageField(1, stringField(2, 'N')), messageField(1, uintField(1, size)))
  const type = messageField(2, messageField(1, uintField(1, ELEMENT_TYPES[dtype]), shape))
  return messageField(field, stringField(1, name), type)
}
