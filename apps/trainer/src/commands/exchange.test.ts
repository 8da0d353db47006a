import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeNpz, encodeSafetensors } from '@gosa/formats'
import { createRng, randomNormal, tensor, transpose, zeros } from '@gosa/linalg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, SMALL, temporaryFolder } from '../command.testing.ts'
import { readModel } from '../model/model.ts'

const folder = temporaryFolder()
const run = (...args: string[]) => inProcess(folder.path, args)
const at = (name: string) => join(folder.path, name)
const json = async (...args: string[]) => jsonLines((await run(...args, '--json')).stdout).at(-1)

let trained: Record<string, unknown> | undefined
beforeAll(async () => {
  trained = await json(...SMALL, '--out', 'first')
  const deep = ['--layers', '784,9,8,10', '--activation', 'tanh', '--out', 'deep']
  const { code, stderr } = await run(...SMALL.filter((word) => !['--hidden', '8'].includes(word)), ...deep)
  if (code !== 0) throw new Error(`a run that other tests use failed: ${stderr}`)
})
afterAll(folder.remove)

describe('export and import', () => {
  const evaluated = (model: string) => json('evaluate', '--model', model, '--test-size', '50')

  it.each([
    ['first', 'npz', ['--activation', 'relu']],
    ['first', 'safetensors', []],
    ['deep', 'npz', ['--activation', 'tanh']],
    ['deep', 'safetensors', []],
    ['first', 'json', ['--activation', 'relu']],
    ['deep', 'json', ['--activation', 'tanh']],
  ])('keep every bit of the model %s as %s', async (name, format, options) => {
    const [file, again] = [`${name}.${format}`, `${name}-${format}-again`]
    expect((await run('export', '--model', name, '--format', format, '--out', file)).stdout).toBe(
      `written    ${file}\n`,
    )
    const { stdout, stderr } = await run('import', file, '--out', again, ...options)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^network {4}784-[\d-]+-10, (relu|tanh), float32\nwritten {4}.*\n$/)
    const done = await json('import', file, '--out', `${again}-json`, ...options)
    if (name === 'first') expect(done?.weightsSha256).toBe(trained?.weightsSha256)
    expect(await evaluated(again)).toEqual(await evaluated(name))
  })

  it('convert PyTorch’s names and shapes to ours', async () => {
    const rng = createRng(1)
    const [W1, W2] = [randomNormal([784, 5], { rng }), randomNormal([5, 10], { rng })]
    const [b1, b2] = [randomNormal([5], { rng }), randomNormal([10], { rng })]
    const torch = { '0.weight': transpose(W1), '0.bias': b1, '2.weight': transpose(W2), '2.bias': b2 }
    writeFileSync(at('torch.safetensors'), encodeSafetensors(torch))
    writeFileSync(at('own.npz'), encodeNpz({ b2, W2, b1, W1 }))
    const shas = []
    for (const file of ['torch.safetensors', 'own.npz']) {
      const options = ['--out', `${file}.model`, '--activation', 'sigmoid']
      const done = await json('import', file, ...options)
      expect(done).toMatchObject({ event: 'done', layers: [784, 5, 10], activation: 'sigmoid' })
      shas.push(done?.weightsSha256)
    }
    expect(shas[0]).toBe(shas[1])
  })

  it('choose the format by the ending of the file name if none is given', async () => {
    const first = async (...args: string[]) => {
      const { format, out } = (await json('export', '--model', 'first', ...args)) as Record<string, string>
      return [format, readFileSync(at(out)).toString('latin1', 0, 4)]
    }
    expect(await first('--out', 'by-name.npz')).toEqual(['npz', 'PK\x03\x04'])
    expect(await first('--out', 'by-name.onnx')).toEqual(['onnx', '\b\x07\x12\x04'])
    expect(await first('--out', 'by-name')).toEqual(['json', '{"W1'])
    expect(await first('--out', 'by-format.txt', '--format', 'npz')).toEqual(['npz', 'PK\x03\x04'])
  })

  it('read the ending without regard to case, and refuse unknown ones with the list, before they write', async () => {
    const done = await json('export', '--model', 'first', '--out', 'upper.ONNX')
    expect([done?.format, readFileSync(at('upper.ONNX')).toString('latin1', 0, 4)]).toEqual([
      'onnx',
      '\b\x07\x12\x04',
    ])
    for (const out of ['model.h5', 'model.pt']) {
      const { code, stdout, stderr } = await run('export', '--model', 'first', '--out', out)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('these endings are: .json, .safetensors, .npz, .onnx')
      expect(readdirSync(folder.path)).not.toContain(out)
    }
  })

  it('never overwrite a file, nor leave an incomplete one', async () => {
    writeFileSync(at('there'), 'mine')
    for (const args of [
      ['export', '--model', 'first', '--format', 'onnx'],
      ['import', 'first/model.safetensors'],
    ]) {
      const { code, stderr } = await run(...args, '--out', 'there')
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'gosa-trainer: there already exists and is not overwritten\n',
      })
    }
    expect(readFileSync(at('there'), 'utf8')).toBe('mine')
    const before = readdirSync(folder.path)
    expect((await run('export', '--model', 'first', '--out', join('no', 'where'))).code).toBe(1)
    expect(readdirSync(folder.path)).toEqual(before)
  })
})

describe('import of weights that PyTorch wrote', () => {
  const PYTHON = '/usr/bin/python3'
  const hasTorch = spawnSync(PYTHON, ['-c', 'import numpy, torch']).status === 0
  if (!hasTorch)
    console.log('skipped, because PyTorch was not found (python3-torch): importing a network that it wrote')

  it.skipIf(!hasTorch)('gives PyTorch’s logits to the precision of float32', async () => {
    const program = `
import json, sys, numpy, torch
torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Linear(4, 5), torch.nn.Tanh(), torch.nn.Linear(5, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3))
numpy.savez(sys.argv[1], **{name: value.numpy() for name, value in net.state_dict().items()})
x = torch.randn(6, 4)
print(json.dumps({'x': x.tolist(), 'logits': net(x).tolist()}))`
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', program, at('torch.npz')], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const { x, logits } = JSON.parse(stdout)
    expect((await run('import', 'torch.npz', '--activation', 'tanh', '--out', 'torch')).code).toBe(0)
    const { network } = await readModel(at('torch'))
    const own = network.predict(tensor(x, { dtype: 'float32' })).data
    for (const [i, value] of logits.flat().entries()) expect(own[i]).toBeCloseTo(value, 6)
  })
})

describe('import', () => {
  const weights = { W1: zeros([4, 3]), b1: zeros([3]), W2: zeros([3, 2]), b2: zeros([2]) }
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(at(name), bytes)
    return name
  }

  it('asks for the activation if the file does not name it, except for a single layer', async () => {
    const file = write('unnamed.npz', encodeNpz(weights))
    const { code, stderr } = await run('import', file, '--out', 'unnamed')
    expect(code).toBe(2)
    expect(stderr).toContain(
      'unnamed.npz does not name its activation function: add --activation relu|sigmoid|tanh',
    )
    const { W1, b1 } = weights
    const linear = write('linear.npz', encodeNpz({ W1, b1 }))
    expect((await run('import', linear, '--out', 'linear')).code).toBe(0)
  })

  it('asks for the order of layers if neither numbers nor sizes tell it, and takes it from --order', async () => {
    const rng = createRng(2)
    const named = Object.fromEntries(
      ['fc2', 'fc_out', 'fc1'].flatMap((name) => [
        [`${name}.weight`, randomNormal([4, 4], { rng })],
        [`${name}.bias`, randomNormal([4], { rng })],
      ]),
    )
    const file = write('words.safetensors', encodeSafetensors(named, { activation: 'relu' }))
    const { code, stdout, stderr } = await run('import', file, '--out', 'words')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('words.safetensors: the order of its layers cannot be known')
    expect(stderr).toContain('add --order')
    expect(readdirSync(folder.path)).not.toContain('words')
    const ordered = await run('import', file, '--out', 'words', '--order', 'fc1, fc2,fc_out')
    expect(ordered.stdout).toContain('layers     fc1, fc2, fc_out\n')
    const { weights } = await readModel(at('words'))
    expect(weights.W3.toArray()).toEqual(transpose(named['fc_out.weight']).toArray())
    const wrong = await run('import', file, '--out', 'wrong', '--order', 'fc1,fc2')
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('must name each of its layers once'),
    ])
  })

  it.each(['model.npz', 'model.ONNX', 'model.pt', 'model.h5'])(
    'refuses to write safetensors under the name %s',
    async (out) => {
      const { code, stderr } = await run('import', 'first/model.safetensors', '--out', out)
      expect([code, stderr]).toEqual([2, expect.stringContaining('end the name in .safetensors')])
      expect(readdirSync(folder.path)).not.toContain(out)
    },
  )

  it('says which integers it leaves out', async () => {
    const steps = { shape: [], data: Int32Array.of(9) }
    const file = write('steps.npz', encodeNpz({ ...weights, steps }))
    const { code, stdout } = await run('import', file, '--out', 'steps', '--activation', 'relu')
    expect([code, stdout]).toEqual([0, expect.stringContaining('left out   steps (int32)\n')])
  })

  it('rejects an activation that contradicts the file', async () => {
    const file = write('tanh', encodeSafetensors(weights, { activation: 'tanh' }))
    const { code, stderr } = await run('import', file, '--out', 'contradicted', '--activation', 'relu')
    expect(code).toBe(2)
    expect(stderr).toContain('the activation function of tanh is tanh, not relu: leave out --activation')
  })

  it.each([
    ['text', Buffer.from('W1 b1 W2 b2'), /text is not a model: safetensors: /],
    ['cut.npz', encodeNpz(weights).subarray(0, 500), /cut\.npz is not a model: /],
    [
      'shapes.npz',
      encodeNpz({ ...weights, b1: zeros([2]) }),
      /shapes\.npz is not a model: MultiLayerNet: W1 \(4, 3\), b1 \(2\).* do not fit/,
    ],
    ['names.npz', encodeNpz({ a: zeros([1]) }), /names\.npz is not a model: it holds a; expected W1, b1/],
    [
      'nan.npz',
      encodeNpz({ ...weights, b2: { shape: [2], data: Float64Array.of(1, Number.NaN) } }),
      /nan\.npz is not a model: some of its weights are NaN or infinite/,
    ],
    ['gone', undefined, /gone: the file does not exist/],
    ['first', undefined, /first is a folder, not a file/],
  ])('rejects %s in one line, and writes nothing', async (name, bytes, message) => {
    if (bytes) write(name, bytes)
    const { code, stdout, stderr } = await run('import', name, '--out', 'refused', '--activation', 'relu')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd()).not.toContain('\n')
    expect(readdirSync(folder.path)).not.toContain('refused')
  })

  it('takes one file, as its help says', async () => {
    expect((await run('import', '--out', 'x')).stderr).toMatch(/missing required argument 'file'/)
    expect((await run('import', 'a', 'b', '--out', 'x')).code).toBe(2)
    const { stdout } = await run('import', '--help')
    expect(stdout).toContain('0.weight')
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })
})
