import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const folder = new URL('../peers/', import.meta.url)

/** Resolves packages that are installed in `bench/peers`. */
export const require = createRequire(new URL('package.json', folder))

/** Returns what `load` returns; if it throws, reports the peer as absent and ends the process. */
export async function orAbsent(load) {
  try {
    return await load()
  } catch (error) {
    const missing = error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'
    console.log(
      JSON.stringify({
        absent: missing ? 'npm install --ignore-scripts --prefix bench/peers' : error.message,
      }),
    )
    process.exit()
  }
}

export const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, folder))).version
