/**
 * `decodeOnnx`: the layers of an ONNX model, if they stand in a row, as in what `encodeOnnx` writes and in what PyTorch and
 * Keras export of such networks.
 *
 * Source: `onnx.proto` of the ONNX project, whose field numbers these are.
 */
import { type DType, type Shape, showShape, Tensor, transpose } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkBytes, fromLittleEndian } from './bytes.ts'
import { FormatError } from './errors.ts'
import type { OnnxLayers } from './onnx.ts'
import type { LayerData } from './onnx-operators.ts'
import { Message } from './read-protobuf.ts'

/** Why a model cannot be decoded. */
type Code = 'protobuf' | 'model' | 'operator' | 'tensor'

/** A node of the graph: its operator, what goes in and comes out, and its attributes. */
interface Node {
  readonly type: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes: Readonly<Record<string, Attribute>>
}

interface Attribute {
  readonly float?: number
  readonly ints: readonly number[]
}

/** A layer, the tensors that it owns, and how many nodes it is made of. */
interface Decoded {
  readonly layer: LayerData & Readonly<Record<string, unknown>>
  readonly tensors?: Readonly<Record<string, Tensor>>
  readonly nodes?: number
}

/** What a decoder sees: the node, those behind it, and the tensors of the file. */
interface Given {
  readonly node: Node
  readonly following: readonly Node[]
  /** The tensor that is input `i` of a node. */
  tensor(i: number, of?: Node): Tensor
  refuse(why: string): never
}

const elementwise =
  (type: string, options: (node: Node) => object = () => ({})) =>
  ({ node }: Given): Decoded => ({ layer: { type, ...options(node) } })

const pooling =
  (type: string) =>
  ({ node, refuse }: Given): Decoded => {
    const { kernel, stride, pad } = windowOf(node, refuse)
    if (intOf(node, 'count_include_pad', 0) !== 0) refuse('count_include_pad must be 0')
    return { layer: { type, size: kernel, stride, pad } }
  }

const DECODERS: Readonly<Record<string, (given: Given) => Decoded>> = {
  Gemm: ({ node, tensor, refuse }) => {
    const { alpha, beta } = node.attributes
    if ((alpha?.float ?? 1) !== 1 || (beta?.float ?? 1) !== 1 || intOf(node, 'transA', 0) !== 0) {
      refuse('alpha and beta must be 1, transA 0')
    }
    const W = intOf(node, 'transB', 0) === 1 ? transpose(tensor(1)) : tensor(1)
    return affine(W, node.inputs.length > 2 ? tensor(2) : undefined)
  },
  MatMul: ({ node, following: [next], tensor }) => {
    const hasBias = next?.type === 'Add' && next.inputs.includes(node.output)
    if (!hasBias) return affine(tensor(1))
    return { ...affine(tensor(1), tensor(next.inputs[0] === node.output ? 1 : 0, next)), nodes: 2 }
  },
  Conv: ({ node, tensor, refuse }) => {
    if (intOf(node, 'group', 1) !== 1) refuse('group must be 1')
    const W = tensor(1)
    const [filters, , ...kernel] = W.shape
    const b = node.inputs.length > 2 ? tensor(2) : zerosLike(W, filters)
    const { stride, pad } = windowOf(node, refuse)
    return { layer: { type: 'convolution', filters, kernel, stride, pad }, tensors: { W, b } }
  },
  BatchNormalization: ({ node, tensor }) => ({
    layer: { type: 'batchNormalization', epsilon: node.attributes.epsilon?.float ?? 1e-5 },
    tensors: { gamma: tensor(1), beta: tensor(2), runningMean: tensor(3), runningVariance: tensor(4) },
  }),
  LayerNormalization: ({ node, tensor }) => ({
    layer: { type: 'layerNormalization', epsilon: node.attributes.epsilon?.float ?? 1e-5 },
    tensors: { gamma: tensor(1), beta: tensor(2) },
  }),
  MaxPool: pooling('maxPooling'),
  AveragePool: pooling('averagePooling'),
  /** The layer gives (N, C), so the Flatten that follows has nothing to do. */
  GlobalAveragePool: ({ following: [next] }) => ({
    layer: { type: 'globalAveragePooling' },
    nodes: next?.type === 'Flatten' ? 2 : 1,
  }),
  Flatten: elementwise('flatten'),
  Relu: elementwise('relu'),
  Sigmoid: elementwise('sigmoid'),
  Tanh: elementwise('tanh'),
  Softplus: elementwise('softplus'),
  LeakyRelu: elementwise('leakyRelu', ({ attributes }) => ({ slope: attributes.alpha?.float ?? 0.01 })),
  Elu: elementwise('elu', ({ attributes }) => ({ alpha: attributes.alpha?.float ?? 1 })),
}

/**
 * Returns the layers of an ONNX model in a row, with their tensors: what `encodeOnnx` takes. The tensors are named
 * `Affine1.W`, `Affine1.b`, `Relu1`, … by type and number.
 *
 * Throws a `FormatError` for bytes that are no model, for operators that are none of these layers, and for a graph that is not a
 * row of them; a `TypeError` for what is no bytes.
 */
export function decodeOnnx(bytes: Uint8Array, options?: { file?: string }): OnnxLayers {
  checkBytes('decodeOnnx', bytes)
  const { file } = checkOptions('decodeOnnx', options, ['file'])
  const fail = (code: Code, message: string): never => {
    throw new FormatError(code, message, { file, offset: 0 })
  }
  const [graph] = new Message(bytes, file).messages(7)
  if (!graph) return fail('model', 'an ONNX model has a graph, and there is none')
  const stored = new Map(graph.messages(5).map((tensor) => [tensor.text(8), tensor]))
  const nodes = graph
    .messages(1)
    .map(readNode)
    .filter(({ type }) => type !== 'Identity' && type !== 'Dropout')
  const inputs = graph.messages(11).filter((input) => !stored.has(input.text(1)))
  if (inputs.length !== 1) return fail('model', `a row of layers has one input, not ${inputs.length}`)
  const layers: Record<string, LayerData> = {}
  const tensors: Record<string, Tensor> = {}
  const counts = new Map<string, number>()
  for (let i = 0; i < nodes.length; ) {
    const node = nodes[i]
    const refuse = (why: string): never => fail('operator', `operator ${node.type} cannot be read: ${why}`)
    const previous = nodes[i - 1]
    if (previous && !node.inputs.includes(previous.output))
      refuse('it does not follow the one before, so the layers are not in a row')
    const tensor = (input: number, of = node): Tensor => {
      const found = stored.get(of.inputs[input])
      return found
        ? readTensor(found, fail)
        : refuse(`its input ${of.inputs[input]} is no tensor of the file`)
    }
    if (!Object.hasOwn(DECODERS, node.type)) refuse(`operators are ${Object.keys(DECODERS).join(', ')}`)
    const decoded = DECODERS[node.type]({ node, following: nodes.slice(i + 1), tensor, refuse })
    const { type } = decoded.layer
    const count = (counts.get(type) ?? 0) + 1
    counts.set(type, count)
    const name = `${type[0].toUpperCase()}${type.slice(1)}${count}`
    layers[name] = decoded.layer
    for (const [own, value] of Object.entries(decoded.tensors ?? {})) tensors[`${name}.${own}`] = value
    i += decoded.nodes ?? 1
  }
  const dtype: DType = Object.values(tensors)[0]?.dtype ?? 'float32'
  return { inputShape: sampleShape(inputs[0], fail), layers, tensors, dtype }
}

function affine(W: Tensor, b: Tensor = zerosLike(W, W.shape[1])): Decoded {
  return { layer: { type: 'affine', units: W.shape[1] }, tensors: { W, b: b.reshape([b.size]) } }
}

const zerosLike = ({ data }: Tensor, length: number): Tensor =>
  new Tensor(data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length), [length])

const intOf = ({ attributes }: Node, name: string, otherwise: number): number =>
  attributes[name]?.ints[0] ?? otherwise

/** The window of a convolution or a pooling. Refuses what the layers lack: dilations, and another border on the other side. */
function windowOf(node: Node, refuse: (why: string) => never) {
  const ints = (name: string, otherwise: readonly number[]) => node.attributes[name]?.ints ?? otherwise
  const pads = ints('pads', [0, 0, 0, 0])
  if (pads[0] !== pads[2] || pads[1] !== pads[3]) refuse('pads must be equal on both sides')
  if (ints('dilations', [1, 1]).some((one) => one !== 1)) refuse('dilations must be 1')
  if (intOf(node, 'ceil_mode', 0) !== 0) refuse('ceil_mode must be 0')
  return { kernel: ints('kernel_shape', []), stride: ints('strides', [1, 1]), pad: pads.slice(0, 2) }
}

function readNode(node: Message): Node {
  const attributes = node.messages(5).map((attribute) => {
    const ints = [...attribute.integers(3), ...attribute.integers(8)]
    return [attribute.text(1), { float: attribute.float(2), ints }] as const
  })
  return {
    ...{ type: node.text(4), inputs: node.texts(1), output: node.text(2) },
    attributes: Object.fromEntries(attributes),
  }
}

/** The fields of floats in a tensor, by ONNX's number of its type: float32 and float64. */
const FLOATS: Readonly<Record<number, { bytes: 4 | 8; list: number }>> = {
  1: { bytes: 4, list: 4 },
  11: { bytes: 8, list: 10 },
}

function readTensor(tensor: Message, fail: (code: Code, message: string) => never): Tensor {
  const [name, shape, [type]] = [tensor.text(8), tensor.integers(1), tensor.integers(2)]
  const kind = FLOATS[type]
  if (!kind) return fail('tensor', `tensor ${name} must hold float32 or float64`)
  const [raw = tensor.bytes(kind.list)[0] ?? new Uint8Array(0)] = tensor.bytes(9)
  const size = shape.reduce((product, length) => product * length, 1)
  if (raw.length !== size * kind.bytes) {
    fail(
      'tensor',
      `tensor ${name} of shape ${showShape(shape)} needs ${size * kind.bytes} bytes, not ${raw.length}`,
    )
  }
  const buffer = fromLittleEndian(raw, kind.bytes)
  return new Tensor(kind.bytes === 4 ? new Float32Array(buffer) : new Float64Array(buffer), shape)
}

/** The lengths of the axes of an input but the first, which is that of the samples. */
function sampleShape(input: Message, fail: (code: Code, message: string) => never): Shape {
  const axes = input.messages(2)[0]?.messages(1)[0]?.messages(2)[0]?.messages(1) ?? []
  const lengths = axes.slice(1).map((axis) => axis.integers(1)[0] ?? 0)
  if (lengths.length > 0 && lengths.every((length) => length > 0)) return lengths
  return fail('model', 'the input of the model must have a shape, all but the first length known')
}
