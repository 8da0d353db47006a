import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const task = { kind: 'wholeRun', name: "the book's whole run, from the start of the process to its end" }

/**
 * The chapter's training run on MNIST as a command: 10,000 steps of 100 images, accuracy on all 70,000 images once an
 * epoch. Ours is the trainer as its users call it. Answers as the other tasks do, or nothing where MNIST is not there.
 */
export function wholeRuns({ dataDir, python, rounds, threads }) {
  if (!dataDir || !existsSync(join(dataDir, 'train-images-idx3-ubyte.gz'))) return []
  const rows = commands(dataDir, python, threads).map(({ name }) => ({ name, times: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [i, { command, args, env }] of commands(dataDir, python, threads).entries()) {
      if (rows[i].cannot) continue
      const folder = mkdtempSync(join(tmpdir(), 'gosa-bench-'))
      const start = performance.now()
      const { status, error } = spawnSync(command, args, {
        cwd: folder,
        stdio: 'ignore',
        env: { ...process.env, ...env },
      })
      const seconds = (performance.now() - start) / 1000
      rmSync(folder, { recursive: true })
      if (status === 0) rows[i].times.push(seconds)
      else rows[i].cannot = error?.code === 'ENOENT' ? 'not installed' : `ends with ${status}`
    }
  }
  return [{ task, rows }]
}

const commands = (dataDir, python, threads) => [
  {
    name: 'Gosa, gosa-trainer',
    command: process.execPath,
    args: [
      path('../apps/trainer/dist/main.js'),
      'train',
      '--data',
      'mnist',
      '--data-dir',
      dataDir,
      '--iterations',
      '10000',
      '--json',
    ],
  },
  ...threads.map((count) => ({
    name: `the book's code in NumPy, ${count === 1 ? 'one thread' : `${count} threads`}`,
    command: python,
    args: [path('contenders/book_run.py'), dataDir],
    env: { OPENBLAS_NUM_THREADS: String(count) },
  })),
]
