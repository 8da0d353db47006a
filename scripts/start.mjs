import { spawn } from 'node:child_process'
import { ended, root } from './pnpm.mjs'
import { setUp } from './set-up.mjs'

// `npm start -- …`: sets up, builds the trainer and runs it with the arguments given.
// stdout is the trainer's alone, so that `--json` can be piped on; the set-up speaks on stderr.

await setUp('@gosa/trainer')

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
