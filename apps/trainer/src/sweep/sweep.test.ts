import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOutput } from '@gosa/cli-kit'
import { afterAll, describe, expect, it } from 'vitest'
import { command, inProcess, jsonLines, temporaryFolder } from '../command.testing.ts'
import { outputOfRun } from './sweep.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = (...args: string[]) => inProcess(folder.path, args)

const SMALL_RUN = ['--train-size', '60', '--test-size', '20', '--batch-size', '9', '--iterations', '14']
const GRID = ['--sweep', 'learning-rate=0.1,1', '--sweep', 'hidden=5,6']

describe('--sweep', () => {
  it('trains once with each combination, saves each run in a subfolder, and shows the best first', async () => {
    const { code, stdout, stderr } = await run(...SMALL_RUN, ...GRID, '--weight-init-std', 'he')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const names = ['1-learning-rate=0.1,hidden=5', '2-learning-rate=0.1,hidden=6']
    names.push('3-learning-rate=1,hidden=5', '4-learning-rate=1,hidden=6')
    const out = join(folder.path, 'gosa-runs', 'digits-sweep-1')
    expect(readdirSync(out).sort()).toEqual([...names, 'sweep.json'])
    for (const name of names) expect(existsSync(join(out, name, 'model.safetensors'))).toBe(true)
    expect(stdout).toMatch(/^sweep {6}4 runs, saved in gosa-runs.digits-sweep-1$/m)
    expect(stdout.match(/^\d\/4 {2}learning-rate=\S+,hidden=\d {2}accuracy 0\.\d{4}$/gm)).toHaveLength(4)
    const table = stdout.slice(stdout.indexOf('\n\n') + 2).split('\n')
    expect(table[0]).toMatch(/^run {2}learning-rate {2}hidden +test +train {2}iterations$/)
    const accuracies = table.slice(1, 5).map((row) => Number(row.trim().split(/ +/)[3]))
    expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a))
  })

  it('takes several options after one flag, or each after its own', async () => {
    const small = [...SMALL_RUN, '--no-out', '--json']
    const runsOf = ({ stdout }: { stdout: string }) => jsonLines(stdout).at(-1)?.runs
    const together = await run(...small, '--sweep', 'learning-rate=0.1,1', 'hidden=5,6', '--seed', '3')
    const apart = await run(...small, ...GRID, '--seed', '3')
    expect(runsOf(together)).toEqual(runsOf(apart))
    expect(runsOf(together)).toHaveLength(4)
    const typo = await run(...small, '--sweep', 'hidden=5,6', 'seed')
    expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('--sweep seed: write an option')])
  })

  it('is resumed although an editor wrote a byte order mark into sweep.json', async () => {
    await run(...SMALL_RUN, '--sweep', 'hidden=5,6', '--out', 'marked')
    const file = join(folder.path, 'marked', 'sweep.json')
    writeFileSync(file, `\ufeff${readFileSync(file, 'utf8')}`)
    expect(await run('--resume', 'marked', '--json')).toMatchObject({ code: 0, stderr: '' })
  })

  it('gives the results of single runs', async () => {
    const { stdout } = await run(...SMALL_RUN, '--sweep', 'hidden=5,6', '--out', 'numbers', '--json')
    const lines = jsonLines(stdout)
    expect(lines.filter(({ event }) => event === 'start').map(({ run, layers }) => [run, layers])).toEqual([
      [1, [784, 5, 10]],
      [2, [784, 6, 10]],
    ])
    expect(lines.at(-1)).toMatchObject({ event: 'sweep', stopped: false, out: 'numbers' })
    const dones = lines.filter(({ event }) => event === 'done')
    for (const [i, hidden] of ['5', '6'].entries()) {
      const alone = jsonLines((await run(...SMALL_RUN, '--hidden', hidden, '--no-out', '--json')).stdout).at(
        -1,
      )
      expect(dones[i]).toMatchObject({ run: i + 1, weightsSha256: alone?.weightsSha256 })
      const config = JSON.parse(
        readFileSync(join(folder.path, 'numbers', `${i + 1}-hidden=${hidden}`, 'config.json'), 'utf8'),
      )
      expect(config.layers[1]).toBe(Number(hidden))
    }
    const { runs } = lines.at(-1) as { runs: { testAccuracy: number }[] }
    expect(runs[0].testAccuracy).toBeGreaterThanOrEqual(runs[1].testAccuracy)
  })

  it('reports the time of each run, not that since the start of the sweep', async () => {
    const start = performance.now()
    const { stdout } = await run(...SMALL_RUN, '--sweep', 'hidden=5,6', '--no-out', '--json')
    const elapsed = (performance.now() - start) / 1000
    const seconds = jsonLines(stdout).flatMap(({ event, seconds }) =>
      event === 'done' ? [Number(seconds)] : [],
    )
    expect(seconds).toHaveLength(2)
    expect(seconds[0] + seconds[1]).toBeLessThan(elapsed)
  })

  it('compares runs by validation accuracy if there are validation images', async () => {
    const { stdout } = await run(
      ...SMALL_RUN,
      ...GRID,
      '--validation',
      '0.3',
      '--weight-init-std',
      'he',
      '--no-out',
      '--json',
    )
    const { runs } = jsonLines(stdout).at(-1) as { runs: { validationAccuracy: number }[] }
    const accuracies = runs.map(({ validationAccuracy }) => validationAccuracy)
    expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a))
    expect((await run(...SMALL_RUN, ...GRID, '--validation', '0.3', '--no-out')).stdout).toMatch(
      /hidden {2}validation +test/,
    )
  })

  it('continues after a run whose training fails, and lists it last', async () => {
    const line = ['--train-size', '200', '--test-size', '50', '--iterations', '9', '--no-out']
    const { code, stdout } = await run(...line, '--sweep', 'learning-rate=1e20,0.1')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^1\/2 {2}learning-rate=1e20 {2}training failed$/m)
    expect(stdout).toMatch(/\n +2 +0\.1 +0\.\d{4} +0\.\d{4} +9\n +1 +1e20 +failed +failed +\d\n$/)
    expect((await run(...line, '--sweep', 'learning-rate=1e20,1e21')).code).toBe(1)
  })

  it('varies lists and names too', async () => {
    const grid = ['--sweep', 'layers=784-5-10,784-5-4-10', '--sweep', 'optimizer=sgd,adam']
    const lines = jsonLines((await run(...SMALL_RUN, ...grid, '--no-out', '--json')).stdout)
    const starts = lines.filter(({ event }) => event === 'start')
    expect(
      starts.map(({ layers, optimizer, learningRate }) => [String(layers), optimizer, learningRate]),
    ).toEqual([
      ['784,5,10', 'sgd', 0.1],
      ['784,5,10', 'adam', 0.001],
      ['784,5,4,10', 'sgd', 0.1],
      ['784,5,4,10', 'adam', 0.001],
    ])
  })

  it.each([
    [['--sweep', 'hidden'], '--sweep hidden: write an option and its values, such as learning-rate=0.1,0.3'],
    [['--sweep', 'hiden=5,6'], "--sweep hiden=5,6: 'hiden' is not an option that a sweep can vary"],
    [['--sweep', 'out=a,b'], "--sweep out=a,b: 'out' is not an option that a sweep can vary"],
    [
      ['--sweep', 'hidden=5,many'],
      "--sweep hidden=5,many: 'many' is invalid for --hidden. It must be an integer of at least 1",
    ],
    [['--sweep', 'optimizer=sgd,magic'], "'magic' is invalid for --optimizer. It must be one of sgd, "],
    [['--sweep', 'hidden=5,5'], '--sweep hidden=5,5: a value is given twice'],
    [['--sweep', 'hidden=5,6', '--hidden', '7'], '--hidden is given both by itself and by --sweep'],
    [['--sweep', 'hidden=5,6', '--sweep', 'hidden=7,8'], '--hidden is given twice by --sweep'],
    [['--sweep', 'hidden=5,6', '--layers', '784,7,10'], '--layers cannot be used with --hidden'],
    [['--sweep', 'schedule=constant,step'], '--schedule step needs --step-every'],
    [
      ['--sweep', 'layers=784-5-10,785-5-10'],
      '--layers 785,5,10: for generated digits it must begin with 784',
    ],
    [['--sweep', 'hidden=5,6', '--book'], '--sweep cannot be used with --book'],
  ])('rejects %j before anything is trained or created', async (line, message) => {
    const { code, stdout, stderr } = await run(...SMALL_RUN, ...line, '--out', 'refused')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(existsSync(join(folder.path, 'refused'))).toBe(false)
  })

  it('is rejected with --resume', async () => {
    expect((await run('--resume', 'numbers', '--sweep', 'hidden=5,6')).stderr).toMatch(
      /^gosa-trainer: --sweep cannot be given with --resume/,
    )
  })

  it('stops at Ctrl-C, saves its run, starts no other, and resumes to the same results', async () => {
    const line = ['--train-size', '60', '--test-size', '20', '--hidden', '5', '--batch-size', '9', '--json']
    const grid = ['--sweep', 'iterations=8,5000,9', '--validation', '0.2', '--checkpoint-every', '1000']
    const { code, stdout, stderr } = await command(folder.path, [...line, ...grid, '--out', 'stopped'], {
      started(child) {
        let text = ''
        child.stdout?.on('data', (more) => {
          const begun = text.includes('"iterations":5000')
          text += more
          if (!begun && text.includes('"iterations":5000')) child.kill('SIGINT')
        })
      },
    })
    expect(code).toBe(130)
    expect(stderr).toMatch(
      /^2\/3 stopped after [\d,]+ of 5,000 iterations; resume with: gosa-trainer train --resume stopped.2-iterations=5000\nthe sweep was stopped after 1 of 3 runs; resume it with: gosa-trainer train --resume stopped\n$/,
    )
    const runs = (text: string) => {
      const all = jsonLines(text).at(-1)?.runs as Record<string, unknown>[]
      return all.map(({ out, ...numbers }) => numbers)
    }
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'sweep', stopped: true })
    expect(runs(stdout)).toMatchObject([{ run: 1, iterations: 8 }])
    expect(readdirSync(join(folder.path, 'stopped')).sort()).toEqual([
      ...['1-iterations=8', '2-iterations=5000', 'sweep.json'],
    ])

    const refused = await run('--resume', 'stopped', '--hidden', '6')
    expect(refused.stderr).toMatch(
      /^gosa-trainer: --hidden cannot be given with --resume: the sweep of stopped continues with its own options/,
    )
    const goesOn = await run('--resume', 'stopped', '--json')
    const whole = await run(...line, ...grid, '--no-out')
    expect([goesOn.code, goesOn.stderr]).toEqual([0, ''])
    expect(runs(goesOn.stdout)).toEqual(runs(whole.stdout))
    const hashes = (text: string) => jsonLines(text).flatMap(({ weightsSha256 }) => weightsSha256 ?? [])
    expect(hashes(goesOn.stdout)).toEqual(hashes(whole.stdout))
  })
})

/** What the second of three runs writes to a terminal of 40 columns. */
function written(
  options: { json?: boolean },
  say: (output: ReturnType<typeof outputOfRun>) => void,
): string[] {
  const texts: string[] = []
  const sink = (name: string) => ({
    isTTY: true,
    columns: 40,
    write: (text: string) => texts.push(`${name} ${text}`),
  })
  const output = createOutput({
    ...options,
    stdout: sink('out'),
    stderr: sink('err'),
    env: { NO_COLOR: '1' },
  })
  say(outputOfRun(output, 2, 3))
  return texts
}

describe('outputOfRun', () => {
  it('shows people only progress and warnings, with the number of the run', () => {
    const texts = written({}, (output) => {
      output.detail('network')
      output.result('accuracy')
      output.note('a note')
      output.value({ event: 'epoch' })
      output.progress('50 %')
      output.progress()
      output.warn('stopped')
    })
    expect(texts.join('')).toContain('2/3 50 %')
    expect(texts.at(-1)).toBe('err 2/3 stopped\n')
    expect(texts.join('')).not.toMatch(/network|accuracy|a note|epoch/)
  })

  it('adds the number of the run to each line of JSON', () => {
    const texts = written({ json: true }, (output) => output.value({ event: 'epoch', loss: 1 }))
    expect(texts).toEqual(['out {"event":"epoch","loss":1,"run":2}\n'])
  })

  it('leaves room for the number of the run in the progress line', () => {
    written({}, (output) => expect(output.progressColumns).toBe(40 - 1 - '2/3 '.length))
  })
})
