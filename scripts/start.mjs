import { run } from './run.mjs'
import { runFolder } from './run-build.mjs'
import { setUp } from './set-up.mjs'

// `npm start -- …`: sets up and runs the trainer with the given arguments.
// Only the trainer writes to stdout, so that `--json` can be piped; the set-up writes to stderr.

await setUp()
await run(`${runFolder}gosa-trainer.js`, process.argv.slice(2))
