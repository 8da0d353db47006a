import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeNpz, decodeSafetensors } from '@gosa/formats'
import { loadModel } from '@gosa/networks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, temporaryFolder } from './command.testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = (...args: string[]) => inProcess(folder.path, args)
const at = (...path: string[]) => join(folder.path, ...path)

/** A ConvNet with batch normalization and dropout that is small enough for tests. */
const DESCRIBED = {
  layers: {
    Conv1: { type: 'convolution', filters: 4, kernel: 5, stride: 2 },
    Norm1: { type: 'batchNormalization' },
    Relu1: { type: 'relu' },
    Pool1: { type: 'maxPooling', size: 2 },
    Drop1: { type: 'dropout', ratio: 0.2 },
    Affine1: { type: 'affine', units: 10 },
  },
}
writeFileSync(at('net.json'), JSON.stringify(DESCRIBED))

const IMAGES = ['--train-size', '60', '--test-size', '10', '--batch-size', '9', '--optimizer', 'adam']
const NETWORKS: readonly (readonly string[])[] = [
  ['--network', 'net.json'],
  ['--network', 'simple-conv'],
  ['--network', 'deep-conv', '--dropout', '0.3'],
  ['--network', 'multi-layer', '--hidden', '6', '--dropout', '0.2', '--batch-norm'],
  ['--layers', '784,7,6,10', '--batch-norm'],
]

const last = ({ stdout }: { stdout: string }) => {
  const { seconds, samplesPerSecond, ...numbers } = jsonLines(stdout).at(-1) ?? {}
  return numbers
}

describe('a run of another network', () => {
  it.each(NETWORKS)(
    'ends with the same bits after it was stopped and resumed: %s %s %s %s',
    async (...network) => {
      const name = network.join('').replace(/\W/g, '')
      const line = [...network, ...IMAGES, '--validation', '0.2', '--patience', '9', '--json']
      const whole = await run(...line, '--iterations', '9', '--no-out')
      await run(...line, '--iterations', '4', '--out', name)
      const resumed = await run('--resume', name, '--iterations', '9', '--json')
      expect(resumed.stderr).toBe('')
      expect(last(resumed)).toEqual(last(whole))
      expect(last(whole)).toMatchObject({ event: 'done', iterations: 9 })
    },
  )

  it('does not depend on the file of its network later, and says how to repeat it', async () => {
    writeFileSync(at('gone.json'), JSON.stringify(DESCRIBED))
    const line = ['--network', 'gone.json', ...IMAGES, '--iterations', '2', '--json']
    const first = last(await run(...line, '--out', 'gone'))
    writeFileSync(at('gone.json'), '{}')
    expect(last(await run('--config', 'gone/config.json', '--no-out', '--json'))).toEqual(first)
    expect(last(await run('--resume', 'gone', '--iterations', '3', '--json'))).toMatchObject({
      iterations: 3,
    })
    const [, command] =
      /<pre><code>(gosa-trainer .*?)<\/code>/.exec(readFileSync(at('gone/report.html'), 'utf8')) ?? []
    expect(command).toContain('--network &#39;{&#34;layers&#34;:{&#34;Conv1&#34;:')
    const inline = [
      '--network',
      JSON.stringify(DESCRIBED),
      ...IMAGES,
      '--iterations',
      '2',
      '--json',
      '--no-out',
    ]
    expect(last(await run(...inline))).toEqual(first)
  })

  it('is one of a sweep, whose values are checked before the first run', async () => {
    const sizes = ['--train-size', '20', '--test-size', '10', '--batch-size', '5', '--iterations', '1']
    const swept = await run(...sizes, '--sweep', 'network=simple-conv,net.json', '--out', 'swept', '--json')
    expect(swept.code).toBe(0)
    expect((last(swept).runs as unknown[]).length).toBe(2)
    const dropped = await run(...sizes, '--sweep', 'dropout=0,0.5', '--no-out', '--json')
    expect((last(dropped).runs as unknown[]).length).toBe(2)
    const { code, stderr } = await run(...sizes, '--hidden', '9', '--sweep', 'network=two-layer,simple-conv')
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--hidden has no effect with the chosen --network'),
    ])
  })

  it('shows filters before and after training, and feature maps, in its report', async () => {
    await run('--network', 'simple-conv', ...IMAGES, '--iterations', '2', '--out', 'seen')
    const page = readFileSync(at('seen/report.html'), 'utf8')
    expect(page.match(/alt="filter \d+"/g)).toHaveLength(60)
    expect(page.match(/alt="feature map \d+"/g)).toHaveLength(90)
    const images = (heading: string) =>
      page
        .slice(page.indexOf(heading))
        .split('</div>')[0]
        .match(/base64,[^"]*/g)
    expect(images('Before training')).not.toEqual(images('After training'))
    expect(page).not.toContain('First-layer weights')
    await run(...IMAGES, '--iterations', '2', '--out', 'plain')
    expect(readFileSync(at('plain/report.html'), 'utf8')).not.toContain('Feature maps')
  })
})

describe('the model of a ConvNet with running statistics', () => {
  const model = ['--model', 'conv']
  let trained: Record<string, unknown>
  beforeAll(async () => {
    trained = last(
      await run('--network', 'net.json', ...IMAGES, '--iterations', '8', '--out', 'conv', '--json'),
    )
  })

  it('is evaluated and predicts as when it was trained', async () => {
    const { testAccuracy } = trained
    const evaluated = last(await run('evaluate', ...model, '--test-size', '10', '--json'))
    expect(evaluated).toMatchObject({ event: 'done', accuracy: testAccuracy, count: 10 })
    const { code, stdout } = await run('predict', ...model, '--test-size', '10', '--index', '0,3', '--json')
    expect([code, jsonLines(stdout).length]).toEqual([0, 2])
    const picture = new URL('../../../examples/seven.png', import.meta.url).pathname
    expect((await run('predict', ...model, picture, '--quiet')).stdout).toMatch(/predicted as \d/)
  })

  it('is exported with them as safetensors, npz and JSON', async () => {
    for (const format of ['safetensors', 'npz', 'json']) {
      expect((await run('export', ...model, '--out', `conv.${format}`)).code).toBe(0)
    }
    const bytes = readFileSync(at('conv.safetensors'))
    const { tensors } = decodeSafetensors(bytes)
    const names = ['Conv1.W', 'Conv1.b', 'Norm1.gamma', 'Norm1.beta', 'Affine1.W', 'Affine1.b']
    const buffers = ['Norm1.runningMean', 'Norm1.runningVariance']
    expect(Object.keys(tensors)).toEqual([...names, ...buffers])
    expect(tensors['Norm1.runningMean']?.data).not.toEqual(new Float32Array(4))
    expect(
      loadModel(bytes)
        .network.buffers()
        .map(({ name }) => name),
    ).toEqual(buffers)
    const arrays = await decodeNpz(readFileSync(at('conv.npz')))
    expect(arrays['Norm1.runningVariance']?.data).toEqual(tensors['Norm1.runningVariance']?.data)
    const json = JSON.parse(readFileSync(at('conv.json'), 'utf8'))
    expect(json['Norm1.runningMean'].data).toEqual([...(tensors['Norm1.runningMean']?.data ?? [])])
  })
})

describe('options that do not fit the network', () => {
  it.each([
    [
      ['--network', 'simple-conv', '--hidden', '30'],
      /--hidden has no effect with the chosen --network: it is an option of two-layer, multi-layer/,
    ],
    [
      ['--network', 'simple-conv', '--dropout', '0.2'],
      /--dropout has no effect .* of multi-layer, deep-conv/,
    ],
    [['--network', 'deep-conv', '--batch-norm'], /--batch-norm has no effect .* of multi-layer/],
    [['--network', 'deep-conv', '--weight-init-std', 'he'], /--weight-init-std has no effect/],
    [['--network', 'net.json', '--activation', 'tanh'], /--activation has no effect/],
    [['--network', 'two-layer', '--dropout', '0.2'], /--dropout has no effect/],
    [
      ['--network', 'two-layer', '--layers', '784,20,20,10'],
      /--network two-layer has one hidden layer; --network multi-layer has any number/,
    ],
    [
      ['--network', 'simple-con'],
      /must be two-layer, multi-layer, simple-conv, deep-conv, or a JSON file.*Did you mean simple-conv\?/,
    ],
    [['--network', 'absent.json'], /absent\.json: the file does not exist/],
    [['--network', 'wrong.json'], /wrong\.json must hold \{ "layers": \[ … \] \}/],
    [
      ['--network', 'large.json'],
      /--network: buildLayers: layer 0: Convolution: input 28×28 with kernel 40×40.*would fit/,
    ],
    [
      ['--network', 'few.json'],
      /ends with 9 for each image, but generated digits needs one output for each of its 10 classes/,
    ],
    [['--network', 'simple-conv', '--book'], /--network cannot be used with --book/],
    [['--dropout', '0.5', '--book'], /--dropout cannot be used with --book/],
    [['--dropout', '1'], /must be a number of at least 0 and less than 1/],
    [
      ['--network', 'simple-conv', '--batch-size', '1e9'],
      /--batch-size 1000000000: the values of one batch take/,
    ],
  ])('are refused, and nothing is written: %j', async (args, message) => {
    writeFileSync(at('wrong.json'), '{ "layer": [] }')
    writeFileSync(at('large.json'), '{ "layers": [{ "type": "convolution", "filters": 2, "kernel": 40 }] }')
    writeFileSync(at('few.json'), '{ "layers": [{ "type": "affine", "units": 9 }] }')
    const { code, stderr, stdout } = await run(...args, ...IMAGES.slice(0, 4), '--out', 'refused', '--quiet')
    expect([stdout, stderr.replace(/\s+/g, ' ')]).toEqual(['', expect.stringMatching(message)])
    expect(code).toBe(args.includes('absent.json') ? 1 : 2)
  })

  it.each([['--network', 'simple-conv'], ['--dropout', '0.2'], ['--batch-norm']])(
    'are refused for a table: %s',
    async (...args) => {
      writeFileSync(at('table.csv'), 'a,b\n1,2\n3,4\n')
      const table = ['--data', 'table.csv', '--target', 'b', '--task', 'regression', '--out', 'refused']
      const { code, stderr } = await run(...table, ...args)
      expect([code, stderr]).toEqual([2, expect.stringContaining(`${args[0]} cannot be used with a table`)])
    },
  )

  it('are left out of a configuration file, if typed options select another network', async () => {
    const line = ['--layers', '784,5,10', ...IMAGES, '--iterations', '1', '--out', 'two', '--json']
    await run(...line)
    const other = await run('--config', 'two/config.json', '--network', 'simple-conv', '--no-out', '--json')
    expect([other.code, jsonLines(other.stdout)[0]]).toEqual([
      0,
      expect.objectContaining({ network: 'simple-conv' }),
    ])
    const deeper = await run('--config', 'two/config.json', '--dropout', '0.5', '--no-out', '--json')
    expect(jsonLines(deeper.stdout)[0]).toMatchObject({
      network: 'multi-layer',
      layers: [784, 5, 10],
      dropout: 0.5,
    })
  })
})
