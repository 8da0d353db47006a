/**
 * The network as an ONNX file: Gemm – Relu – Gemm with the given weights, for any number of rows.
 *
 * Source: `onnx.proto`, of which the fields used here are numbered below.
 */
export function onnxModel({ W1, b1, W2, b2 }) {
  const [D, H] = W1.shape
  const C = b2.shape[0]
  const graph = [
    text(2, 'TwoLayerNet'),
    node('Gemm', ['x', 'W1', 'b1'], 'a1'),
    node('Relu', ['a1'], 'z1'),
    node('Gemm', ['z1', 'W2', 'b2'], 'logits'),
    ...Object.entries({ W1, b1, W2, b2 }).map(([name, { shape, data }]) => initializer(name, shape, data)),
    value(11, 'x', D),
    value(12, 'logits', C),
  ]
  if (W2.shape[0] !== H) throw new RangeError('onnxModel: W1 and W2 do not fit')
  const opset = [number(2, 13)]
  return Buffer.concat([number(1, 8), bytes(8, Buffer.concat(opset)), bytes(7, Buffer.concat(graph))])
}

const FLOAT = 1

const node = (operation, inputs, output) =>
  bytes(1, Buffer.concat([...inputs.map((name) => text(1, name)), text(2, output), text(4, operation)]))

const initializer = (name, shape, data) =>
  bytes(
    5,
    Buffer.concat([
      ...shape.map((length) => number(1, length)),
      number(2, FLOAT),
      text(8, name),
      bytes(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
    ]),
  )

/** An input or output of shape (N, columns). */
function value(field, name, columns) {
  const shape = Buffer.concat([bytes(1, text(2, 'N')), bytes(1, number(1, columns))])
  const tensor = Buffer.concat([number(1, FLOAT), bytes(2, shape)])
  return bytes(field, Buffer.concat([text(1, name), bytes(2, bytes(1, tensor))]))
}

// Protocol buffers: a key, then a varint (7 bits per byte), or a length and that many bytes.
const varint = (value) => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))])
const number = (field, value) => Buffer.from([...varint(field * 8), ...varint(value)])
const bytes = (field, content) =>
  Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]), content])
const text = (field, content) => bytes(field, Buffer.from(content))
