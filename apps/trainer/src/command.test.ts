import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command, inProcess, jsonLines, MAIN, SMALL, temporaryFolder } from './command.testing.ts'

const folder = temporaryFolder()
const run = (...args: string[]) => inProcess(folder.path, args)
const spawned = (...args: string[]) => command(folder.path, args)
/** Even fewer images, for tests in which they do not matter. */
const SMALL_RUN = ['--train-size', '20', '--test-size', '5']
const at = (...path: string[]) => join(folder.path, ...path)
beforeAll(async () => {
  const { code, stderr } = await run(...SMALL, '--out', 'first')
  if (code !== 0) throw new Error(`a run that other tests use failed: ${stderr}`)
})
afterAll(folder.remove)

describe('gosa-trainer', () => {
  it('trains, says that its digits are generated, and saves weights, configuration, metrics and report', async () => {
    const { code, stdout, stderr } = await spawned(...SMALL)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/generated digits \(drawn by a program\): 200 for training, 50 for testing/)
    expect(stdout).toMatch(/^accuracy {3}0\.\d{4} /m)
    const [name] = readdirSync(at('gosa-runs'))
    expect(name).toBe('digits-1')
    expect(readdirSync(at('gosa-runs', name)).sort()).toEqual([
      'checkpoint',
      'config.json',
      expect.stringMatching(/^events\.out\.tfevents\.\d+\.gosa$/),
      'metrics.jsonl',
      'model.safetensors',
      'report.html',
    ])
    const metrics = jsonLines(readFileSync(at('gosa-runs', name, 'metrics.jsonl'), 'utf8'))
    expect(metrics.map(({ iteration }) => iteration)).toEqual([2, 4, 6])
  })

  it('creates a new folder for each run, and overwrites none', async () => {
    await Promise.all([spawned(...SMALL), spawned(...SMALL)])
    expect(readdirSync(at('gosa-runs')).length).toBeGreaterThanOrEqual(2)
    const before = readFileSync(at('first', 'model.safetensors'))
    const { code, stderr } = await run(...SMALL, '--out', 'first')
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /--out first: the folder is not empty; choose another, or continue .* --resume first/,
    )
    expect(readFileSync(at('first', 'model.safetensors'))).toEqual(before)
  })

  it('prints only lines of JSON with --json, the last of which is done', async () => {
    const { stdout, stderr } = await spawned('train', ...SMALL, '--json', '--no-out')
    const lines = jsonLines(stdout)
    expect(stderr).toBe('')
    expect(lines.map(({ event }) => event)).toEqual(['start', 'epoch', 'epoch', 'epoch', 'done'])
    expect(lines[0]).toMatchObject({ generated: true, seed: 0, learningRate: 0.1 })
    expect(Object.keys(lines[4])).toEqual([
      ...['event', 'trainAccuracy', 'testAccuracy', 'iterations', 'seconds', 'samplesPerSecond'],
      'weightsSha256',
    ])
    expect(lines[4]).toMatchObject({ iterations: 6, weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('prints only the result with --quiet', async () => {
    const { stdout } = await run(...SMALL, '--quiet', '--no-out')
    expect(stdout).toMatch(/^accuracy .*\nweights .*\n$/)
  })

  it('gives the same weights for the same seed, for any number of threads, and others for another seed', async () => {
    const sha = async (...args: string[]) =>
      jsonLines((await run(...SMALL, '--json', '--no-out', ...args)).stdout).at(-1)?.weightsSha256
    const one = await sha('--seed', '4')
    const again = await sha('--seed', '4')
    const threads = await sha('--seed', '4', '--threads', '2')
    const other = await sha('--seed', '5')
    expect([again, threads]).toEqual([one, one])
    expect(other).not.toBe(one)
  })

  it('prints help for itself and for each command, and its version', async () => {
    for (const args of [[], ['train'], ['evaluate'], ['predict'], ['export'], ['import']]) {
      const { code, stdout, stderr } = await run(...args, '--help')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain(`gosa-trainer ${args.join('')}`)
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    }
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+/)
  })
})

describe('wrong usage', () => {
  it.each([
    [['--hiden', '5'], /unknown option '--hiden' \(Did you mean --hidden\?\)/],
    [['--hidden', 'many'], /'many' is invalid. It must be an integer of at least 1/],
    [['--epochs', '1', '--iterations', '5'], /cannot be used with/],
    [['--data', 'mnits'], /there is no data set or folder .*mnits/],
    [['trian'], /unknown command 'trian': use train, evaluate, predict, export or import/],
    [['--seed', '-1'], /It must be an integer, at least 0/],
    [['evaluate'], /required option '--model <file>' not specified/],
    [['--resume', 'first', '--hidden', '9'], /--hidden cannot be given with --resume/],
    [['--resume', 'first', '--no-out'], /--no-out cannot be given with --resume/],
    [
      ['predict', '--model', 'first', '--index', '9', ...SMALL_RUN],
      /--index 9: there are 5 images, counted from 0/,
    ],
    [['predict', '--model', 'first', '--index', '1,x'], /integers of at least 0, separated by commas/],
  ])('%j is reported in one line without a stack trace, with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^gosa-trainer: .*; see gosa-trainer (evaluate |predict )?--help\n$/)
  })

  it('is reported with a stack trace with --debug', async () => {
    expect((await run('--data', 'mnits', '--debug')).stderr).toMatch(/\n {4}at /)
  })
})

describe('--data with a folder of IDX files', () => {
  const uint8 = (...sizes: number[]) =>
    Buffer.from([
      0,
      0,
      8,
      sizes.length,
      ...sizes.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]),
    ])
  const IMAGES = 'train-images-idx3-ubyte'

  /** Trains on a folder with images of 2 × 2 pixels, of which one file is damaged first. */
  function images(name: string, damage: (file: string) => void = () => {}) {
    mkdirSync(at(name))
    for (const part of ['train', 't10k']) {
      writeFileSync(
        at(name, `${part}-images-idx3-ubyte`),
        Buffer.concat([uint8(9, 2, 2), Buffer.alloc(36, 7)]),
      )
      writeFileSync(at(name, `${part}-labels-idx1-ubyte`), Buffer.concat([uint8(9), Buffer.alloc(9, 1)]))
    }
    damage(at(name, IMAGES))
    return run('--data', name, '--iterations', '2', '--no-out')
  }

  it('trains on valid files', async () => {
    const { code, stdout } = await images('good')
    expect(code).toBe(0)
    expect(stdout).toContain('network    4-50-2')
  })

  it.each([
    ['missing', rmSync, /neither/],
    ['truncated', (file: string) => truncateSync(file, 30), /train-images/],
    ['corrupt', (file: string) => writeFileSync(file, 'no IDX file at all'), /train-images/],
    ['of different counts', (file: string) => writeFileSync(file, uint8(0, 2, 2)), /9 labels/],
  ])('rejects files that are %s in one line, with exit code 1', async (what, damage, message) => {
    const { code, stdout, stderr } = await images(what, damage)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  it('rejects a file that unpacks to far more than its header says, without unpacking it', async () => {
    const { code, stderr } = await images('bomb', (file) => {
      rmSync(file)
      writeFileSync(`${file}.gz`, gzipSync(Buffer.concat([uint8(9, 2, 2), Buffer.alloc(30_000_000)])))
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(/train-images-idx3-ubyte\.gz/)
  })

  it('rejects files that are not those of MNIST for --data mnist', async () => {
    const { code, stderr } = await run('--data', 'mnist', '--data-dir', 'good', '--no-out')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^gosa-trainer: .*good.*\n$/)
  })

  it('looks for files in GOSA_DATA_DIR, and says so if they are missing', async () => {
    const { code, stderr } = await inProcess(folder.path, ['--data', 'mnist'], { GOSA_DATA_DIR: 'nowhere' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^gosa-trainer: nowhere: .*--data-dir or GOSA_DATA_DIR.*\n$/)
  })
})

describe('--out', () => {
  it('fails before training if the folder cannot be created', async () => {
    writeFileSync(at('file'), '')
    const { code, stdout, stderr } = await run(...SMALL, '--out', join('file', 'run'))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^gosa-trainer: cannot write file.run: part of its path is a file, not a folder\n$/,
    )
  })

  const privileged = process.platform === 'win32' || process.getuid?.() === 0
  if (privileged)
    console.log('gosa-trainer: the test of a read-only folder is skipped, because root may write everywhere')
  it.skipIf(privileged)('fails with advice if the working directory is read-only', async () => {
    mkdirSync(at('locked'))
    chmodSync(at('locked'), 0o500)
    const { code, stderr } = await inProcess(at('locked'), SMALL)
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /cannot write gosa-runs \(choose a folder with --out, or save nothing with --no-out\)/,
    )
  })
})

describe('training that diverges', () => {
  it('stops with the step and a suggestion, saves the last good weights, and exits with 1', async () => {
    const { code, stderr } = await run(
      ...SMALL,
      '--iterations',
      '500',
      '--learning-rate',
      '1e20',
      '--out',
      'diverged',
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^gosa-trainer: training failed (in|after) step \d+: the (test )?loss became NaN or infinite, .* with learning rate 100000000000000000000; try a smaller one, such as --learning-rate 0\.1; the weights after 0 iterations are saved in diverged.model\.safetensors\n$/,
    )
    const { code: readable, stdout } = await run(
      'evaluate',
      '--model',
      'diverged',
      '--train-size',
      '1',
      '--test-size',
      '50',
    )
    expect(readable).toBe(0)
    expect(stdout).not.toContain('NaN')
  })
})

describe('an interruption', () => {
  const SHORT_STEPS = ['--train-size', '200', '--test-size', '50', '--hidden', '8', '--batch-size', '10']
  const ENDLESS = ['--iterations', '10000000']
  /** Code that sends the process a signal as soon as it listens for one. */
  const SIGNAL_AT_START = `data:text/javascript,${encodeURIComponent(
    'const wait = setInterval(() => process.listenerCount("SIGINT") && process.kill(process.pid, "SIGINT") && clearInterval(wait), 5)',
  )}`
  const anyCheckpoint = (name: string) =>
    existsSync(at(name, 'checkpoint')) && readdirSync(at(name, 'checkpoint')).some((file) => /^\d/.test(file))

  /** The hash of the weights after the run of a folder is resumed for some steps, and that of a run that never stopped. */
  async function resumedAndWhole(name: string, options: readonly string[]) {
    const numbers = readdirSync(at(name, 'checkpoint')).map((file) => Number.parseInt(file, 10) || 0)
    const length = ['--iterations', String(Math.max(...numbers) + 30), '--json']
    const resumed = await spawned('--resume', name, ...length)
    const whole = await spawned(...SHORT_STEPS, ...options, ...length, '--no-out')
    expect([resumed.stderr, whole.stderr]).toEqual(['', ''])
    return [resumed, whole].map(({ stdout }) => jsonLines(stdout).at(-1)?.weightsSha256)
  }

  it('by Ctrl-C finishes the step, saves, says how to resume, exits with 130, and changes no bit of the result', async () => {
    const { code, stdout, stderr } = await command(
      folder.path,
      [...SHORT_STEPS, ...ENDLESS, '--out', 'stopped'],
      {
        started: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
      },
    )
    expect(code).toBe(130)
    expect(stdout).not.toContain('accuracy')
    expect(stderr).toMatch(
      /^stopped after [\d,]+ of 10,000,000 iterations; resume with: gosa-trainer train --resume stopped\n$/,
    )
    const [resumed, whole] = await resumedAndWhole('stopped', [])
    expect(resumed).toBe(whole)
  })

  it('before training begins saves nothing', async () => {
    const { code, stdout, stderr } = await command(
      folder.path,
      ['--train-size', '300000', '--out', 'never'],
      {
        env: { NODE_OPTIONS: `--import ${SIGNAL_AT_START}` },
      },
    )
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'stopped before training began\n',
    })
    expect(existsSync(at('never'))).toBe(false)
  })

  it('by SIGKILL leaves a run that resumes to the same bits', async () => {
    const options = ['--checkpoint-every', '7', '--optimizer', 'adam']
    const { signal } = await command(
      folder.path,
      [...SHORT_STEPS, ...options, ...ENDLESS, '--out', 'killed'],
      {
        started: (child) => child.stdout?.on('data', () => anyCheckpoint('killed') && child.kill('SIGKILL')),
      },
    )
    expect(signal).toBe('SIGKILL')
    const [resumed, whole] = await resumedAndWhole('killed', options)
    expect(resumed).toBe(whole)
    const metrics = jsonLines(readFileSync(at('killed', 'metrics.jsonl'), 'utf8'))
    const iterations = metrics.map(({ iteration }) => iteration as number)
    expect(iterations).toEqual([...new Set(iterations)].sort((a, b) => a - b))
  })

  it('by a closed pipe is silent, and saves', async () => {
    const { code, stderr } = await command(folder.path, [...SHORT_STEPS, ...ENDLESS, '--out', 'piped'], {
      started: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(existsSync(at('piped', 'model.safetensors'))).toBe(true)
  })
})

describe('--resume', () => {
  it('resumes a deeper network too', async () => {
    const deep = [
      '--train-size',
      '200',
      '--test-size',
      '50',
      '--layers',
      '784,9,8,10',
      '--activation',
      'tanh',
    ]
    const whole = await run(...deep, '--iterations', '9', '--json', '--no-out')
    await run(...deep, '--iterations', '5', '--out', 'deep')
    const { stdout } = await run('--resume', 'deep', '--iterations', '9', '--json')
    expect(jsonLines(stdout).at(-1)?.weightsSha256).toBe(jsonLines(whole.stdout).at(-1)?.weightsSha256)
    const evaluated = await run('evaluate', '--model', 'deep', '--test-size', '50', '--json')
    expect(jsonLines(evaluated.stdout)[0].accuracy).toBe(jsonLines(stdout).at(-1)?.testAccuracy)
  })

  it('extends a run to the bits of one that was as long from the start', async () => {
    const long = await run(...SMALL, '--iterations', '9', '--json', '--no-out')
    await run(...SMALL, '--out', 'short')
    const { stdout } = await run('--resume', 'short', '--iterations', '9', '--json')
    expect(jsonLines(stdout).at(-1)?.weightsSha256).toBe(jsonLines(long.stdout).at(-1)?.weightsSha256)
  })

  it('rejects fewer iterations than the run has taken', async () => {
    const { code, stderr } = await run('--resume', 'first', '--iterations', '2')
    expect(code).toBe(2)
    expect(stderr).toMatch(/the run of first has reached iteration 6 already, after 2/)
  })

  it('starts again if there is no checkpoint yet', async () => {
    const whole = await run(...SMALL, '--json', '--out', 'early')
    rmSync(at('early', 'checkpoint'), { recursive: true })
    const { stdout } = await run('--resume', 'early', '--json')
    expect(jsonLines(stdout).at(-1)?.weightsSha256).toBe(jsonLines(whole.stdout).at(-1)?.weightsSha256)
  })

  it('rejects a folder without a run', async () => {
    const { code, stderr } = await run('--resume', 'gosa-runs')
    expect(code).toBe(1)
    expect(stderr).toMatch(/gosa-runs is not the folder of a run: there is no config\.json in it/)
  })

  it('rejects a run whose images have changed', async () => {
    await run(...SMALL, '--out', 'moved')
    const file = at('moved', 'config.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"trainSize": 200', '"trainSize": 201'))
    const { code, stderr } = await run('--resume', 'moved')
    expect(code).toBe(1)
    expect(stderr).toMatch(/the run of moved started with other images than generated digits holds now/)
  })
})

describe('a terminal', () => {
  // script(1) gives the command a terminal of its own.
  const script = spawnSync('script', ['--version']).stdout?.includes('util-linux')
  if (!script) console.log('gosa-trainer: tests on a terminal are skipped, because script(1) is missing')

  /** What the command writes to a terminal of the given width. */
  function shownOn(columns: number, env: NodeJS.ProcessEnv = {}): string {
    // Node shows no colours if NO_COLOR is set, nor in a CI that it does not know.
    const { NO_COLOR: _, CI: __, ...inherited } = process.env
    const line = [process.execPath, MAIN, ...SMALL.slice(0, -2), '--iterations', '400', '--no-out'].join(' ')
    return spawnSync('script', ['-qec', `stty cols ${columns}; ${line}`, '/dev/null'], {
      env: { ...inherited, TERM: 'xterm', ...env },
      encoding: 'utf8',
    }).stdout
  }
  const ESCAPE = String.fromCharCode(27)
  const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g')

  /** The rows of the table, and the progress lines one after the other. */
  function linesOn(columns: number): { rows: string[]; progress: string[] } {
    const lines = stripVTControlCharacters(shownOn(columns)).split(/[\r\n]+/)
    return {
      rows: lines.filter((line) => /^ *\d+ +\d\.\d{4}/.test(line)),
      progress: lines.filter((line) => /^[━╌]/.test(line)),
    }
  }

  it.skipIf(!script).each([40, 120])(
    'of %d columns shows a table and a progress line that fit',
    (columns) => {
      const { rows, progress } = linesOn(columns)
      expect(rows.length).toBeGreaterThan(1)
      expect(progress.length).toBeGreaterThan(1)
      for (const line of [...rows, ...progress]) expect(line.length).toBeLessThan(columns)
      expect(progress.at(-1)).toMatch(
        columns === 40 ? /epoch \d+\/200 {2}loss \d/ : /test \d\.\d{4} {2}[▁-█]+ {2}[\d,]+ samples\/s$/,
      )
    },
  )

  it.skipIf(!script)('shows colours, and removes its progress line at the end', () => {
    const shown = shownOn(80)
    expect(shown).toMatch(COLOUR)
    expect(shown.slice(shown.lastIndexOf('━'))).toContain(`\r${ESCAPE}[J`)
  })

  it.skipIf(!script)('shows no colours with NO_COLOR', () => {
    expect(shownOn(80, { NO_COLOR: '1' })).not.toMatch(COLOUR)
  })
})
