import { spawn } from 'node:child_process'
import { ended, pnpm, root } from './pnpm.mjs'

// `npm start -- …`: sets up, builds the trainer and runs it with the arguments given.
// stdout is the trainer's alone, so that `--json` can be piped on; the set-up speaks on stderr.

const setUp = [
  ['install', '--frozen-lockfile'],
  ['exec', 'turbo', 'run', 'build', '--filter=@gosa/trainer', '--output-logs=errors-only'],
]
for (const step of setUp) {
  const code = await pnpm(step, { stdout: 2 })
  if (code !== 0) process.exit(code)
}

const trainer = spawn(process.execPath, [`${root}apps/trainer/dist/main.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// The trainer decides what an interruption means. On Windows the console tells it, and `kill` would end it unasked.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (process.platform !== 'win32') trainer.kill(signal)
  })
}
process.exitCode = await ended(trainer)
process.exit()
