import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * Measures the chapter's two programs as commands: its training run on MNIST (10,000 steps of 100 images, accuracy on all
 * 70,000 images once an epoch; left out without MNIST), and its gradient check of all 39,760 gradients. Ours are the
 * commands as users call them. Returns results in the form of the other tasks.
 */
export function wholeRuns({ dataDir, python, rounds, threads }) {
  const hasMnist = dataDir && existsSync(join(dataDir, 'train-images-idx3-ubyte.gz'))
  const name = "the book's whole run, from the start of the process to its end"
  const check = "the book's gradient check, from the start of the process to its end"
  return [
    ...(hasMnist
      ? [
          {
            task: { kind: 'wholeRun', name },
            rows: timed(trainingCommands(dataDir, python, threads), rounds),
          },
        ]
      : []),
    { task: { kind: 'wholeCheck', name: check }, rows: timed(checkCommands(threads.toReversed()), rounds) },
  ]
}

function timed(commands, rounds) {
  const rows = commands.map(({ name }) => ({ name, times: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [i, { command, args, env }] of commands.entries()) {
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
  return rows
}

const trainingCommands = (dataDir, python, threads) => [
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

const checkCommands = (threads) =>
  threads.map((count) => ({
    name: `Gosa, gosa-gradcheck, ${count === 1 ? 'one thread' : `${count} threads`}`,
    command: process.execPath,
    args: [path('../apps/gradcheck-cli/dist/main.js'), '--threads', String(count), '--json'],
  }))
