import { pnpm } from './pnpm.mjs'

// `pnpm build` and the like: turbo with the environment of `npm test`, whose variables are part of its keys, so that both find
// the same cache.

process.exitCode = await pnpm(['exec', 'turbo', ...process.argv.slice(2)])
