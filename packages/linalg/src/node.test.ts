import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fma } from './fma.ts'
import { createRng, matmul, randomNormal, setBackend } from './index.ts'
import { setThreads } from './node.ts'

const started: Worker[] = vi.hoisted(() => [])
vi.mock('node:worker_threads', async (original) => {
  const module = await original<typeof import('node:worker_threads')>()
  return {
    ...module,
    Worker: class extends module.Worker {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options)
        started.push(this)
      }
    },
  }
})

const exit = (worker: Worker) => new Promise((resolve) => worker.once('exit', resolve))

describe('setThreads in Node', () => {
  const rng = createRng(1)
  const [a, b] = [randomNormal([200, 301], { rng }), randomNormal([301, 99], { rng })]
  const expected = matmul(a, b).data
  afterEach(() => {
    setThreads(1)
    setBackend('wasm')
    started.length = 0
  })

  it('starts threads with the first large product, none for small ones', () => {
    setThreads(3)
    matmul(a.rows(0, 4), b)
    expect(started.length).toBe(0)
    expect(matmul(a, b).data).toEqual(expected)
    expect(matmul(a, b).data).toEqual(expected)
    expect(started.length).toBe(2)
  })

  it('keeps the threads for the same number, else stops them; 1 stops all', async () => {
    setThreads(2)
    matmul(a, b)
    setThreads(2)
    matmul(a, b)
    expect(started.length).toBe(1)
    const ended = exit(started[0])
    setThreads(1)
    await ended
    expect(matmul(a, b).data).toEqual(expected)
    expect(started.length).toBe(1)
  })

  it('throws with the next product after a thread died, then computes on one thread', async () => {
    setThreads(2)
    matmul(a, b)
    const ended = exit(started[0])
    started[0].terminate()
    await ended
    expect(() => matmul(a, b)).toThrow(
      /one of 2 threads ended \(exit code \d\); one thread computes from now on/,
    )
    expect(matmul(a, b).data).toEqual(expected)
    setThreads(2)
    expect(matmul(a, b).data).toEqual(expected)
    expect(started.length).toBe(2)
  })

  it('applies to the backend with fused multiply-add as well, whose bits differ', () => {
    setBackend(fma())
    const fused = matmul(a, b).data
    expect(fused).not.toEqual(expected)
    setThreads(2)
    expect(matmul(a, b).data).toEqual(fused)
    expect(started.length).toBe(1)
  })

  it('has no effect on the js backend', () => {
    setThreads(2)
    setBackend('js')
    matmul(a, b)
    expect(started.length).toBe(0)
  })

  it.each([0, 65, -1, 1.5, Number.NaN, Infinity, '2' as unknown as number])('throws for %s threads', (n) => {
    expect(() => setThreads(n)).toThrow(RangeError)
    expect(() => setThreads(n)).toThrow(
      `setThreads: the number of threads must be an integer from 1 to 64, not ${n}`,
    )
  })

  it.each(['esm', 'cjs'] as const)(
    'does not keep a process alive, bundled as %s',
    async (format) => {
      const folder = mkdtempSync(join(tmpdir(), 'linalg-'))
      const program = join(folder, format === 'esm' ? 'program.mjs' : 'program.cjs')
      const contents = `
      import { matmul, zeros } from './index.ts'
      import { setThreads } from './node.ts'
      setThreads(2)
      const x = zeros([200, 200])
      for (let i = 0; i < 100; i++) matmul(x, x)
      console.log('the end')`
      const resolveDir = fileURLToPath(new URL('.', import.meta.url))
      const stdin = { contents, resolveDir }
      await build({ stdin, bundle: true, format, platform: 'node', outfile: program })
      const { status, stdout, stderr } = spawnSync(process.execPath, [program], { timeout: 60_000 })
      rmSync(folder, { recursive: true })
      expect([status, `${stdout}`, `${stderr}`]).toEqual([0, 'the end\n', ''])
    },
    90_000,
  )
})
