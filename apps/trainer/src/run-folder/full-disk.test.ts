import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { command, type Ended, jsonLines, temporaryFolder } from '../command.testing.ts'
import { newestCheckpoint, readCheckpoint } from './checkpoints.ts'
import { readConfig } from './run-folder.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

const RUN = [
  ...['--train-size', '60', '--test-size', '10', '--hidden', '10', '--batch-size', '10', '--json'],
  ...['--optimizer', 'adam', '--iterations', '200'],
]

const shaOf = ({ stdout }: Ended) => jsonLines(stdout).at(-1)?.weightsSha256

/** Fails unless the run stopped with one clear line, and its last checkpoint is intact and can be resumed elsewhere. */
async function expectLastGood({ code, stderr }: Ended, run: string): Promise<void> {
  expect(code).toBe(1)
  const newest = await newestCheckpoint(join(folder.path, run))
  expect(newest).toBeGreaterThan(0)
  expect(stderr).toMatch(
    new RegExp(
      `^gosa-trainer: cannot write ${run}\\S*: the disk is full; the checkpoint after ${newest} iterations is intact; ` +
        `when this is fixed, resume with: gosa-trainer train --resume ${run}\\n$`,
    ),
  )
  const path = join(folder.path, run)
  const checkpoint = await readCheckpoint(path, await readConfig(path), expect.fail)
  expect(checkpoint?.iteration).toBe(newest)
  const fixed = join(folder.path, 'fixed')
  rmSync(fixed, { recursive: true, force: true })
  cpSync(join(folder.path, run), fixed, { recursive: true })
  const resumed = await command(folder.path, ['--resume', 'fixed', '--json'])
  const whole = await command(folder.path, [...RUN, '--no-out'])
  expect([resumed.stderr, shaOf(resumed)]).toEqual(['', shaOf(whole)])
}

/** Mounts a disk of 256 kB, too small for a third checkpoint. Returns false if that is not allowed. */
function mounted(at: string): boolean {
  mkdirSync(at)
  const options = ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at]
  return process.platform === 'linux' && spawnSync('mount', options).status === 0
}
const small = join(folder.path, 'small')
const isMounted = mounted(small)
if (!isMounted)
  console.log('gosa-trainer: the test of a really full disk is skipped, because none can be mounted')
afterAll(() => isMounted && spawnSync('umount', [small]))

describe('a full disk', () => {
  it('stops a run, whose last checkpoint stays intact', async () => {
    const env = {
      NODE_OPTIONS: `--import ${new URL('./faulty-disk.testing.mjs', import.meta.url).href}`,
      GOSA_TEST_FAULT: 'ENOSPC:90',
    }
    const ended = await command(folder.path, [...RUN, '--out', 'faulty'], { env })
    await expectLastGood(ended, 'faulty')
  })

  it.skipIf(!isMounted)('stops a run on a really full one', async () => {
    const ended = await command(folder.path, [...RUN, '--out', join('small', 'run')])
    await expectLastGood(ended, 'small/run')
  })
})
