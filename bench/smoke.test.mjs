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
