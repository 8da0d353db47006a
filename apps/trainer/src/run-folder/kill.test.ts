import { existsSync, type FSWatcher, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { UNFINISHED_SUFFIX } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import { afterAll, describe, expect, it } from 'vitest'
import { command, type Ended, jsonLines, temporaryFolder } from '../command.testing.ts'
import { newestCheckpoint, readCheckpoint } from './checkpoints.ts'
import { readConfig } from './run-folder.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/**
 * A run whose checkpoints hold everything possible: Adam's moments, the position in the epoch, running statistics,
 * dropout's generator, the best weights.
 */
const RUN = [
  ...[
    '--train-size',
    '60',
    '--test-size',
    '10',
    '--hidden',
    '10',
    '--batch-size',
    '9',
    '--optimizer',
    'adam',
  ],
  ...['--sampling', 'epochs', '--validation', '0.2', '--patience', '1000000', '--json'],
  ...['--schedule', 'step', '--step-every', '50', '--step-factor', '0.9', '--warm-up', '20'],
  ...['--dropout', '0.2', '--batch-norm', '--checkpoint-every', '4'],
]
const FAULTY_DISK = new URL('./faulty-disk.testing.mjs', import.meta.url).href

const shaOf = ({ stdout, stderr }: Ended) => {
  // It may have been killed when everything was saved.
  expect(stderr.replace(/^the run of .* has ended already, .*\n/, '')).toBe('')
  return jsonLines(stdout).at(-1)?.weightsSha256
}

/** Fails unless the folder of a run is readable, whatever happened to the process that wrote it. */
async function expectReadable(run: string): Promise<void> {
  if (existsSync(join(run, 'config.json'))) await readCheckpoint(run, await readConfig(run), expect.fail)
  const metrics = join(run, 'metrics.jsonl')
  // Only the last line can have been cut off.
  if (existsSync(metrics))
    readFileSync(metrics, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
}

/** The command line that starts a run, or resumes it if it has started. */
const lineOf = (name: string, ...length: string[]) =>
  existsSync(join(folder.path, name, 'config.json'))
    ? ['--resume', name, '--json', ...length]
    : [...RUN, ...length, '--out', name]

describe('a run that is killed', () => {
  it('at any of 20 file operations, interrupted writes among them, resumes to the same bits', async () => {
    const rng = createRng(20)
    const length = ['--iterations', '600']
    const at = Array.from({ length: 20 }, () => 1 + rng.integer(60))
    for (const operation of at) {
      const { signal, stderr } = await command(folder.path, lineOf('operations', ...length), {
        env: { NODE_OPTIONS: `--import ${FAULTY_DISK}`, GOSA_TEST_FAULT: `kill:${operation}` },
      })
      expect({ operation, signal, stderr }).toEqual({ operation, signal: 'SIGKILL', stderr: '' })
      await expectReadable(join(folder.path, 'operations'))
    }
    expect(await newestCheckpoint(join(folder.path, 'operations'))).toBeGreaterThan(0)
    const ended = await command(folder.path, lineOf('operations', ...length))
    const whole = await command(folder.path, [...RUN, ...length, '--no-out'])
    expect(shaOf(ended)).toBe(shaOf(whole))
  }, 600_000)

  it('from outside, at 10 moments, resumes to the same bits', async () => {
    const rng = createRng(10)
    const name = 'outside'
    const checkpoints = join(folder.path, name, 'checkpoint')
    for (let life = 0; life < 10; life++) {
      let watcher: FSWatcher | undefined
      const { signal, stderr } = await command(folder.path, lineOf(name, '--iterations', '10000000'), {
        started(child) {
          // In turn: after some lines, and as soon as a checkpoint is being written.
          let lines = 2 + rng.integer(12)
          const kill = () => child.kill('SIGKILL')
          child.stdout?.on('data', (text) => {
            lines -= String(text).split('\n').length - 1
            if (lines <= 0 && (life % 2 === 0 || !existsSync(checkpoints))) kill()
            if (life % 2 === 1 && existsSync(checkpoints)) {
              watcher ??= watch(checkpoints, (_, file) => file?.endsWith(UNFINISHED_SUFFIX) && kill())
            }
          })
        },
      })
      watcher?.close()
      expect({ life, signal, stderr }).toEqual({ life, signal: 'SIGKILL', stderr: '' })
      await expectReadable(join(folder.path, name))
    }
    const length = ['--iterations', String(((await newestCheckpoint(join(folder.path, name))) ?? 0) + 30)]
    const ended = await command(folder.path, lineOf(name, ...length))
    const whole = await command(folder.path, [...RUN, ...length, '--no-out'])
    expect(shaOf(ended)).toBe(shaOf(whole))
    const metrics = jsonLines(readFileSync(join(folder.path, name, 'metrics.jsonl'), 'utf8'))
    const iterations = metrics.map(({ iteration }) => iteration as number)
    expect(iterations).toEqual([...new Set(iterations)].sort((a, b) => a - b))
  }, 600_000)
})
