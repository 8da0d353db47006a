/**
 * ONNX models, for ONNX Runtime and other programs: a network as a graph, from images to logits
 *
 *     images (N, D) → Gemm → Relu → Gemm → logits (N, C)
 *     images (N, C, H, W) → Conv → Relu → MaxPool → Flatten → Gemm → … → logits
 *
 * Source: `onnx.proto` of the ONNX project, whose field numbers these are.
 */
import { type DType, type Shape, showShape, type Tensor, tensor } from '@gosa/linalg'
import { checkOptions, checkTensor, showValue } from '@gosa/linalg/options'
import { checkRecord, concatBytes, littleEndianBytes } from './bytes.ts'
import { type Attribute, type LayerData, OPERATORS, type Operator } from './onnx-operators.ts'
import {
  bytesField,
  type Field,
  floatField,
  messageField,
  packedUintsField,
  stringField,
  uintField,
} from './protobuf.ts'

/** June 2020, so that older readers accept it; the operators used here have not changed since. */
const OPSET_VERSION = 13
const IR_VERSION = 7
/** The version of the format that belongs to operator sets from 15 on. */
const LATER_IR_VERSION = 8
const ELEMENT_TYPES = { float32: 1, float64: 11 } as const
const ATTRIBUTE_TYPES = { float: 1, int: 2, ints: 7 } as const

const INPUT_NAME = 'images'
const OUTPUT_NAME = 'logits'

/** A network of fully connected layers as plain data: its weights by name, and the activation between its layers. */
export interface OnnxNetwork {
  /** W1 (D, H1), b1 (H1), W2 (H1, H2), b2, …, in the order in which they are written. */
  readonly weights: Readonly<Record<string, Tensor>>
  readonly activation: 'relu' | 'sigmoid' | 'tanh'
}

/** Any layers in a row: `{ ...network.describe(), tensors }` of a `Network`. */
export interface OnnxLayers {
  /** The shape of one sample, without the batch axis. */
  readonly inputShape: Shape
  /** The description of each layer by its name, in order. */
  readonly layers: Readonly<Record<string, LayerData>>
  /** Weights and buffers by name. */
  readonly tensors: Readonly<Record<string, Tensor>>
  /** The names of tensors that are not `layer.parameter`: `{ 'Affine1.W': 'W1' }`. */
  readonly names?: Readonly<Record<string, string>>
  /** That of the tensors, `float32` if there are none. */
  readonly dtype?: DType
}

/** What `describe()` says besides; a graph of the prediction does not need it. */
interface Ignored {
  readonly loss?: unknown
  readonly weightDecay?: unknown
}

/**
 * Returns the bytes of an ONNX model of the network, for batches of any size N: input `images` (N, …), output `logits` (N, …),
 * those of the last layer. Dropout, which is random in training alone, is left out. The activation of a network that is given by
 * weights and activation is in the model's metadata.
 *
 * Throws a `TypeError` for what is no tensor, and a `RangeError` for an activation, or a layer, that cannot be encoded.
 */
export function encodeOnnx(network: OnnxNetwork | (OnnxLayers & Ignored)): Uint8Array {
  if (typeof network === 'object' && network !== null && 'layers' in network) {
    return encodeLayers(checkLayers(network))
  }
  const { activation } = checkNetwork(network)
  return encodeLayers(toLayers(network), [
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
  if (['relu', 'sigmoid', 'tanh'].includes(activation)) return network
  throw new RangeError(`encodeOnnx: activation must be relu, sigmoid, tanh, not ${showValue(activation)}`)
}

/** Affine1, Relu1, Affine2, … of W1, b1, W2, b2, … */
function toLayers({ weights, activation }: OnnxNetwork): OnnxLayers {
  const depth = Object.keys(weights).length / 2
  const layers: Record<string, LayerData> = {}
  const names: Record<string, string> = {}
  const title = activation[0].toUpperCase() + activation.slice(1)
  for (let i = 1; i <= depth; i++) {
    const affine = { type: 'affine', units: weights[`b${i}`].size }
    layers[`Affine${i}`] = affine
    for (const letter of ['W', 'b']) names[`Affine${i}.${letter}`] = `${letter}${i}`
    if (i < depth) layers[`${title}${i}`] = { type: activation }
  }
  return { inputShape: [weights.W1.shape[0]], layers, tensors: weights, names }
}

function checkLayers(network: OnnxLayers & Ignored): OnnxLayers {
  const required = ['inputShape', 'layers', 'tensors'] as const
  const known = [...required, 'names', 'dtype', 'loss', 'weightDecay'] as const
  const { inputShape, layers, tensors } = checkOptions('encodeOnnx', network, known, required)
  checkRecord('encodeOnnx', 'layers', layers)
  checkRecord('encodeOnnx', 'tensors', tensors)
  for (const [name, value] of Object.entries(tensors)) checkTensor('encodeOnnx', name, value)
  if (!Array.isArray(inputShape) || !inputShape.every((length) => Number.isInteger(length) && length >= 1)) {
    throw new RangeError(
      `encodeOnnx: inputShape must be integers of at least 1, not ${showValue(inputShape)}`,
    )
  }
  return network
}

function encodeLayers(network: OnnxLayers, metadata: readonly Field[] = []): Uint8Array {
  const { fields, opset } = graph(network)
  return concatBytes([
    uintField(1, opset > OPSET_VERSION ? LATER_IR_VERSION : IR_VERSION),
    stringField(2, 'gosa'),
    messageField(7, ...fields),
    messageField(8, stringField(1, ''), uintField(2, opset)),
    ...metadata,
  ])
}

function graph({ inputShape, layers, tensors, names = {}, ...given }: OnnxLayers): {
  fields: Field[]
  opset: number
} {
  const dtype = given.dtype ?? Object.values(tensors)[0]?.dtype ?? 'float32'
  const nodes: Node[] = []
  const constants: Record<string, Tensor> = {}
  let shape = inputShape
  let opset = OPSET_VERSION
  for (const [name, { type, ...options }] of Object.entries<LayerData & Record<string, unknown>>(
    layers as never,
  )) {
    if (!Object.hasOwn(OPERATORS, type)) {
      throw new RangeError(
        `encodeOnnx: layer ${name} has the type ${showValue(type)}, which is not encoded; types are ${Object.keys(OPERATORS).join(', ')}`,
      )
    }
    const input = nodes.at(-1)?.output ?? INPUT_NAME
    const nameOf = (tensor: string) => {
      const given = names[`${name}.${tensor}`] ?? `${name}.${tensor}`
      if (Object.hasOwn(tensors, given)) return given
      throw new RangeError(`encodeOnnx: layer ${name} (${type}) needs the tensor ${given}, but it is missing`)
    }
    const rankOf = (tensor: string) => tensors[nameOf(tensor)].rank
    const operators = OPERATORS[type](options, { inputShape: shape, rankOf })
    for (const [i, operator] of operators.nodes.entries()) {
      const own = (operator.tensors ?? []).map(nameOf)
      const numbers = (operator.constants ?? []).map((value, k) => {
        const constant = `${name}.constant${i}${k}`
        constants[constant] = tensor([value], { dtype })
        return constant
      })
      const last = nodes.at(-1)?.output ?? INPUT_NAME
      const inputs =
        operator.type === 'Gather'
          ? [...own, last]
          : [last, ...own, ...numbers, ...(operator.takesInput ? [input] : [])]
      const part = operators.nodes.length > 1 ? `.${i}` : ''
      nodes.push({ ...operator, name: `${name}${part}`, inputs, output: `${name}${part}.output` })
      opset = Math.max(opset, operator.opset ?? 0)
    }
    shape = operators.shape
    if (!shape.every((length) => Number.isInteger(length) && length >= 1)) {
      throw new RangeError(
        `encodeOnnx: layer ${name} (${type}) does not take samples of the shape before it, or lacks options: its output would be ${showShape(shape)}`,
      )
    }
  }
  if (nodes.length === 0) nodes.push({ type: 'Identity', name: 'Identity', inputs: [INPUT_NAME], output: '' })
  const fields = [
    ...nodes.map((node, i) => nodeField(i === nodes.length - 1 ? { ...node, output: OUTPUT_NAME } : node)),
    stringField(2, 'classifier'),
    ...Object.entries({ ...tensors, ...constants }).map(([name, value]) => initializerField(name, value)),
    batchField(11, INPUT_NAME, inputShape, dtype),
    batchField(12, OUTPUT_NAME, shape, dtype),
  ]
  return { fields, opset }
}

/** A node of the graph with the names of its inputs and its output. */
interface Node extends Operator {
  readonly name: string
  readonly inputs: readonly string[]
  readonly output: string
}

const nodeField = ({ type, name, inputs, output, attributes = {} }: Node): Field =>
  messageField(
    1,
    ...inputs.map((input) => stringField(1, input)),
    stringField(2, output),
    stringField(3, name),
    stringField(4, type),
    ...Object.entries(attributes).map(([attribute, value]) => attributeField(attribute, value)),
  )

function attributeField(name: string, value: Attribute): Field {
  const [kind] = Object.keys(value) as (keyof typeof ATTRIBUTE_TYPES)[]
  const field =
    'float' in value
      ? floatField(2, value.float)
      : 'int' in value
        ? uintField(3, value.int)
        : packedUintsField(8, value.ints)
  return messageField(5, stringField(1, name), field, uintField(20, ATTRIBUTE_TYPES[kind]))
}

const initializerField = (name: string, { shape, dtype, data }: Tensor): Field =>
  messageField(
    5,
    packedUintsField(1, shape),
    uintField(2, ELEMENT_TYPES[dtype]),
    stringField(8, name),
    bytesField(9, littleEndianBytes(data)),
  )

/** An input or output of shape (N, …sample). */
function batchField(field: number, name: string, sample: Shape, dtype: DType): Field {
  const axes = sample.map((length) => messageField(1, uintField(1, length)))
  const shape = messageField(2, messageField(1, stringField(2, 'N')), ...axes)
  const type = messageField(2, messageField(1, uintField(1, ELEMENT_TYPES[dtype]), shape))
  return messageField(field, stringField(1, name), type)
}
