import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { inProcess, jsonLines, temporaryFolder } from '../command.testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = (...args: string[]) => inProcess(folder.path, args)

const write = (name: string, content: unknown) =>
  writeFileSync(join(folder.path, name), JSON.stringify(content))

/** The configuration with which a run started, and the hash of its final weights. */
async function trained(...args: string[]) {
  const { stdout, stderr } = await run(...args, '--json')
  expect(stderr).toBe('')
  const lines = jsonLines(stdout)
  const { event, generated, out, ...config } = lines[0]
  return { config, sha: lines.at(-1)?.weightsSha256 }
}

const SMALL_RUN = [
  '--train-size',
  '60',
  '--test-size',
  '10',
  '--hidden',
  '5',
  '--batch-size',
  '9',
  '--iterations',
  '8',
]
const few = { trainSize: 60, testSize: 10, hidden: 5, batchSize: 9, iterations: 8 }

describe('--config', () => {
  it('may begin with a byte order mark, in the folder of a run as well', async () => {
    writeFileSync(join(folder.path, 'marked.json'), `\uFEFF${JSON.stringify({ ...few, out: 'marked' })}`)
    const { sha } = await trained('--config', 'marked.json')
    const saved = join(folder.path, 'marked', 'config.json')
    writeFileSync(saved, `\uFEFF${readFileSync(saved, 'utf8')}`)
    expect((await trained('--resume', 'marked', '--quiet')).sha).toBe(sha)
  })

  it('gives the same run as flags', async () => {
    write('own.json', {
      ...few,
      $schema: './config.schema.json',
      optimizer: 'adam',
      weightInitStd: 'he',
      out: false,
    })
    const typed = await trained(...SMALL_RUN, '--optimizer', 'adam', '--weight-init-std', 'he', '--no-out')
    expect(await trained('--config', 'own.json')).toEqual(typed)
  })

  it('takes the config.json of a run, and repeats it', async () => {
    const line = [
      ...SMALL_RUN,
      '--schedule',
      'cosine',
      '--validation',
      '0.2',
      '--patience',
      '3',
      '--seed',
      '7',
    ]
    const first = await trained(
      ...line,
      '--sampling',
      'epochs',
      '--checkpoint-every',
      '30s',
      '--out',
      'first',
    )
    expect(await trained('--config', join('first', 'config.json'), '--no-out')).toEqual(first)
    const saved = JSON.parse(readFileSync(join(folder.path, 'first', 'config.json'), 'utf8'))
    expect(saved).toMatchObject({
      layers: [784, 5, 10],
      schedule: 'cosine',
      patience: 3,
      seed: 7,
      checkpointEvery: '30s',
    })
  })

  it('is overridden by flags, and by those that conflict with it', async () => {
    write('flags.json', { ...few, layers: undefined, optimizer: 'adam' })
    const { config } = await trained(
      '--config',
      'flags.json',
      '--optimizer',
      'sgd',
      '--layers',
      '784,6,10',
      '--epochs',
      '2',
      '--no-out',
    )
    expect(config).toMatchObject({ optimizer: 'sgd', layers: [784, 6, 10], iterations: 14 })
    write('layers.json', { ...few, hidden: undefined, layers: [784, 6, 10] })
    expect((await trained('--config', 'layers.json', '--hidden', '4', '--no-out')).config.layers).toEqual([
      784, 4, 10,
    ])
  })

  it('ignores options that a flag makes ineffective', async () => {
    write('step.json', {
      ...few,
      schedule: 'step',
      stepEvery: 3,
      validation: 0.2,
      patience: 2,
      bestBy: 'accuracy',
    })
    const { config } = await trained(
      '--config',
      'step.json',
      '--schedule',
      'constant',
      '--validation',
      '0',
      '--no-out',
    )
    expect(config).toMatchObject({ schedule: 'constant', validation: 0 })
    for (const key of ['stepEvery', 'stepFactor', 'patience', 'bestBy'])
      expect(config).not.toHaveProperty(key)
  })

  it.each([
    [
      { hiden: 5 },
      2,
      "gosa-trainer: wrong.json: unknown key 'hiden' (Did you mean hidden?); see gosa-trainer --help\n",
    ],
    [
      { hidden: '5' },
      2,
      'gosa-trainer: wrong.json: hidden must be an integer of at least 1, not "5"; see gosa-trainer --help\n',
    ],
    [
      [5],
      2,
      'gosa-trainer: wrong.json must hold an object of options, such as { "hidden": 100 }; see gosa-trainer --help\n',
    ],
    [
      { stepEvery: 5 },
      2,
      'gosa-trainer: --step-every has no effect without --schedule step; see gosa-trainer --help\n',
    ],
  ])('rejects a file that holds %j in one line', async (content, code, stderr) => {
    write('wrong.json', content)
    expect(await run('--config', 'wrong.json')).toMatchObject({ code, stdout: '', stderr })
  })

  it('rejects a file that is not JSON or does not exist', async () => {
    writeFileSync(join(folder.path, 'no.json'), '{ hidden: 5 }')
    expect((await run('--config', 'no.json')).stderr).toMatch(/^gosa-trainer: no\.json is not JSON: .*\n$/)
    expect(await run('--config', 'gone.json')).toMatchObject({
      code: 1,
      stderr: 'gosa-trainer: gone.json: the file does not exist\n',
    })
    expect((await run('--config', 'no.json', '--resume', 'first')).stderr).toMatch(
      /--config cannot be given with --resume/,
    )
  })
})

describe('options that depend on others', () => {
  it.each([
    [
      ['--schedule', 'step'],
      '--schedule step needs --step-every, the number of iterations between two reductions',
    ],
    [['--step-factor', '0.5'], '--step-factor has no effect without --schedule step'],
    [
      ['--schedule', 'step', '--step-every', '5', '--cosine-steps', '5'],
      '--cosine-steps has no effect without --schedule cosine',
    ],
    [['--patience', '3'], '--patience has no effect without --validation'],
    [['--validation', '0.1', '--best-by', 'loss'], '--best-by has no effect without --patience'],
    [['--validation', '1'], /It must be a number of at least 0 and less than 1/],
    [['--validation', '0.001', ...SMALL_RUN], /of 60 images leaves none for training or for validation/],
    [['--checkpoint-every', '5m'], /It must be a number of iterations or seconds, such as 500 or 30s/],
  ])('rejects %j', async (line, message) => {
    const { code, stdout, stderr } = await run(...line, '--no-out')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})
