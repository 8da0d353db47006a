import { spawnSync } from 'node:child_process'
import { decodeNpz } from '@gosa/formats'
import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { EXPORT_FORMATS, exportModel, formatOfFile } from './export-formats.ts'

const PYTHON = '/usr/bin/python3'
const hasNumPy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0
if (!hasNumPy) console.log('skipped, because NumPy was not found (python3-numpy): reading exported weights')

const weights = {
  W1: tensor(
    [
      [1, -2, 0.5],
      [3, 0.1, 0],
    ],
    { dtype: 'float32' },
  ),
  b1: tensor([0.25, 1e-30, -7], { dtype: 'float32' }),
}
const model = { weights, activation: 'tanh' } as const

/** The weights as NumPy reads them: dtype, shape and elements by name. */
const expected = Object.fromEntries(
  Object.entries(weights).map(([name, { shape, data }]) => [name, ['float32', shape, [...data]]]),
)

function python(program: string, input: Uint8Array): unknown {
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', `import io, json, struct, sys, numpy\n${program}`], {
    input,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe('exportModel', () => {
  it('writes dtype, shape and elements as JSON', () => {
    expect(JSON.parse(exportModel('json', model) as string)).toEqual({
      W1: { dtype: 'float32', shape: [2, 3], data: [...weights.W1.data] },
      b1: { dtype: 'float32', shape: [3], data: [...weights.b1.data] },
    })
  })

  it('writes safetensors that a reader of ten lines reads', () => {
    const bytes = Buffer.from(exportModel('safetensors', model) as Uint8Array)
    const length = Number(bytes.readBigUInt64LE(0))
    const { __metadata__: metadata, ...described } = JSON.parse(bytes.toString('utf8', 8, 8 + length))
    expect(metadata).toEqual({ producer: 'gosa', layers: '2,3', activation: 'tanh' })
    for (const [name, { shape, data }] of Object.entries(weights)) {
      const { dtype, shape: storedShape, data_offsets } = described[name]
      const [begin, end] = data_offsets.map((offset: number) => 8 + length + offset)
      const read = Array.from({ length: (end - begin) / 4 }, (_, i) => bytes.readFloatLE(begin + 4 * i))
      expect([dtype, storedShape, read]).toEqual(['F32', shape, [...data]])
    }
  })

  it.skipIf(!hasNumPy)('writes safetensors that NumPy reads', () => {
    const program = `
content = sys.stdin.buffer.read()
(length,) = struct.unpack('<Q', content[:8])
header = json.loads(content[8:8 + length])
read = {}
for name in header.keys() - {'__metadata__'}:
    begin, end = header[name]['data_offsets']
    array = numpy.frombuffer(content[8 + length:][begin:end], dtype='<f4').reshape(header[name]['shape'])
    read[name] = [str(array.dtype), array.shape, array.ravel().tolist()]
print(json.dumps(read))`
    expect(python(program, exportModel('safetensors', model) as Uint8Array)).toEqual(expected)
  })

  it('writes npz that decodeNpz reads', async () => {
    const arrays = await decodeNpz(exportModel('npz', model) as Uint8Array)
    for (const [name, { shape, data }] of Object.entries(weights)) {
      expect([arrays[name].shape, arrays[name].data]).toEqual([shape, data])
    }
  })

  it.skipIf(!hasNumPy)('writes npz that NumPy reads', () => {
    const program = `
arrays = numpy.load(io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps({name: [str(arrays[name].dtype), arrays[name].shape, arrays[name].ravel().tolist()] for name in arrays.files}))`
    expect(python(program, exportModel('npz', model) as Uint8Array)).toEqual(expected)
  })
})

describe('formatOfFile', () => {
  it.each([
    ['model.onnx', 'onnx'],
    ['model.ONNX', 'onnx'],
    ['Model.SafeTensors', 'safetensors'],
    ['a.b/model.v2.NPZ', 'npz'],
    ['model.Json', 'json'],
    ['.onnx', 'onnx'],
    ['model', 'json'],
    ['runs.2024/model', 'json'],
  ])('reads the ending of %s without regard to case', (file, format) => {
    expect(formatOfFile(file)).toBe(format)
  })

  it.each([
    'model.h5',
    'model.pt',
    'model.PTH',
    'model.keras',
    'model.v2',
    'model.onnx.gz',
    'model.',
    'model.npy',
  ])('rejects %s with the list of endings', (file) => {
    expect(() => formatOfFile(file)).toThrow(
      /these endings are: \.json, \.safetensors, \.npz, \.onnx; for another name add --format json\|/,
    )
  })

  it('knows all formats', () => {
    expect(EXPORT_FORMATS.map((format) => formatOfFile(`x.${format}`))).toEqual(EXPORT_FORMATS)
  })
})
