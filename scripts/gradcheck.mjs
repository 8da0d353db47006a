import { run } from './run.mjs'
import { runFolder } from './run-build.mjs'
import { setUp } from './set-up.mjs'

// `npm run gradcheck -- my-layer.ts …`: sets up and runs gosa-gradcheck. Wherever the file is, its imports of @gosa/… are the
// packages of this clone.

await setUp()
const resolver = new URL('./resolve-packages.mjs', import.meta.url).href
const options = [process.env.NODE_OPTIONS, `--import=${resolver}`].filter(Boolean).join(' ')
await run(`${runFolder}gosa-gradcheck.js`, process.argv.slice(2), { ...process.env, NODE_OPTIONS: options })
