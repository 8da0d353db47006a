import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CommandError } from '@gosa/cli-kit'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createPool, type Pool } from './pool.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-pool-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'worker.mjs')
writeFileSync(
  file,
  `import { parentPort, threadId, workerData } from 'node:worker_threads'
parentPort.on('message', ({ id, job }) => {
  if (job === 'exit') process.exit(7)
  if (job === 'throw') throw new Error('thrown outside of a job')
  if (job === 'hang') for (;;);
  if (job === 'problem') return parentPort.postMessage({ id, problem: { message: 'no', stack: '' } })
  parentPort.postMessage({ id, progress: 0.5 })
  parentPort.postMessage({ id, result: [job, workerData, threadId] })
})`,
)

let pool: Pool<unknown, unknown[]>
const controller = () => new AbortController()
const poolOf = (workers: number, { signal } = controller()) =>
  (pool = createPool({ script: pathToFileURL(file), workers, data: 'data', signal }))
afterEach(() => pool.close())

describe('createPool', () => {
  it('returns outcomes in the order of the jobs, which the workers share', async () => {
    const outcomes = await poolOf(2).run([1, 2, 3, 'problem', 5])
    expect(outcomes.map((outcome) => ('result' in outcome ? outcome.result.slice(0, 2) : outcome))).toEqual([
      [1, 'data'],
      [2, 'data'],
      [3, 'data'],
      { id: 3, problem: { message: 'no', stack: '' } },
      [5, 'data'],
    ])
  })

  it('keeps its workers for later jobs', async () => {
    const threads = new Set<unknown>()
    poolOf(1)
    for (let i = 0; i < 2; i++) {
      const [outcome] = await pool.run([i])
      threads.add('result' in outcome && outcome.result[2])
    }
    expect(threads.size).toBe(1)
  })

  it('reports the share that is done', async () => {
    const shares: number[] = []
    await poolOf(1).run([1, 2], (share) => shares.push(share))
    expect(shares).toEqual([0.25, 0.5, 0.75, 1])
  })

  it('does nothing for an empty list of jobs', async () => {
    expect(await poolOf(2).run([])).toEqual([])
  })

  it.each([
    ['exit', 'a worker exited with code 7 before the check was done'],
    ['throw', 'a worker failed: thrown outside of a job'],
  ])('rejects with a CommandError if a worker dies (%s)', async (job, message) => {
    const error = await poolOf(1)
      .run([job])
      .catch((error) => error)
    expect(error).toBeInstanceOf(CommandError)
    expect(error.message).toBe(message)
  })

  it('rejects at once when it is aborted, even if a job never returns', async () => {
    const aborter = controller()
    const running = poolOf(1, aborter).run(['hang'])
    setTimeout(() => aborter.abort('SIGINT'), 50)
    await expect(running).rejects.toBe('SIGINT')
    await expect(pool.run([1])).rejects.toBe('SIGINT')
  })
})
