import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** On a hundred scribbles, wherever MNIST may lie. */
const run = (...args) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), '--smoke', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GOSA_DATA_DIR: '' },
  })

describe('the benchmarks', () => {
  it('run: each of ours is measured at every task, and the report holds it', () => {
    const [, ...sections] = run('--only', 'gosa').stdout.split('\n## ').slice(1)
    expect(sections.length).toBeGreaterThanOrEqual(7)
    for (const section of sections) {
      for (const name of ['Gosa', 'Gosa, images not compressed', 'Gosa, backend js']) {
        expect(section).toMatch(new RegExp(`\\| ${name} \\| [\\d.]+ (µs|ms|s) `))
      }
    }
  }, 300_000)

  it('report a peer that is not there as absent', () => {
    const { stdout } = run('--only', 'numpy', '--python', 'no-such-python')
    expect(stdout).toContain('NumPy float32, one thread: absent (it does not start here)')
  }, 300_000)
})

describe('a profile', () => {
  const profile = (...args) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('./profile.mjs', import.meta.url)), ...args], {
      encoding: 'utf8',
    })

  it('says what a process spends its time on', () => {
    const { status, stdout } = profile('import')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^import, one thread, Node v\S+\n +\d+ % {2}Node itself\n/)
  }, 60_000)

  it('of what does not exist names what does, and fails', () => {
    const { status, stderr } = profile('nothing')
    expect(status).toBe(2)
    expect(stderr).toContain('give one of import; gradcheck; wholeRun; training step')
  }, 60_000)
})
