import { spawn } from 'node:child_process'
import { exitCode, root } from './pnpm.mjs'
import { setUp } from './set-up.mjs'

// `npm start -- …`: sets up, builds the trainer and runs it with the given arguments.
// Only the trainer writes to stdout, so that `--json` can be piped; the set-up writes to stderr.

await setUp('@gosa/trainer')

const trainer = spawn(process.execPath, [`${root}apps/trainer/dist/main.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// The trainer handles interruptions itself. On Windows the console signals it, and `kill` would terminate it at once.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (process.platform !== 'win32') trainer.kill(signal)
  })
}
process.exitCode = await exitCode(trainer)
process.exit()
