import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** Runs the benchmarks on a hundred scribbles, never on MNIST. */
const run = (...args) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), '--smoke', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GOSA_DATA_DIR: '' },
  })

describe('the benchmarks', () => {
  it('measure each Gosa contender at every task and report it', () => {
    const [, ...sections] = run('--only', 'gosa').stdout.split('\n## ').slice(1)
    expect(sections.length).toBeGreaterThanOrEqual(7)
    for (const section of sections) {
      for (const name of ['Gosa', 'Gosa, images not compressed', 'Gosa, backend js']) {
        expect(section).toMatch(new RegExp(`\\| ${name} \\| [\\d.]+ (µs|ms|s) `))
      }
    }
  }, 300_000)

  it('report a peer that is not installed as absent', () => {
    const { stdout } = run('--only', 'numpy', '--python', 'no-such-python')
    expect(stdout).toContain('NumPy float32, one thread: absent (it does not start here)')
  }, 300_000)
})

describe('a profile', () => {
  const profile = (...args) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('./profile.mjs', import.meta.url)), ...args], {
      encoding: 'utf8',
    })

  it('lists the files in which a process spends its time', () => {
    const { status, stdout } = profile('import')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^import, one thread, Node v\S+\n +\d+ % {2}Node itself\n/)
  }, 60_000)

  it('fails for an unknown task and lists the known ones', () => {
    const { status, stderr } = profile('nothing')
    expect(status).toBe(2)
    expect(stderr).toContain('give one of import; gradcheck; wholeRun; training step')
  }, 60_000)
})
