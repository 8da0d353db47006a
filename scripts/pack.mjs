import { rmSync } from 'node:fs'
import { relative } from 'node:path'
import { pnpm, root } from './pnpm.mjs'
import { step } from './set-up.mjs'
import { workspaces } from './workspaces.mjs'

// `npm run pack [-- networks …]`: builds every public package and command, packs them as tarballs, and prints the line that
// installs the named ones (all without names) with the neighbours that they depend on. The line goes to stdout.

const folder = `${root}tarballs`
const published = workspaces().filter(({ manifest }) => !manifest.private)
const names = published.map(({ manifest }) => manifest.name)
const wanted = process.argv.length > 2 ? process.argv.slice(2).map(fullName) : names
const filters = names.map((name) => `--filter=${name}`)
const build = ['exec', 'turbo', 'run', 'build', ...filters, '--output-logs=errors-only']

rmSync(folder, { recursive: true, force: true })
await step('install', () => pnpm(['install', '--frozen-lockfile', '--silent'], { stdout: 2 }))
await step('build', () => pnpm(build, { stdout: 2 }))
await step('pack', () => pnpm([...filters, 'pack', '--pack-destination', folder], { stdout: 'ignore' }))

const tarballs = [...closure(wanted)].map(({ manifest: { name, version } }) => {
  return `${folder}/${name.slice(1).replace('/', '-')}-${version}.tgz`
})
const place = relative(process.env.INIT_CWD ?? process.cwd(), folder)
console.error(`\n${names.length} tarballs are in ${place}. In a project of yours:\n`)
console.log(`npm install ${tarballs.join(' ')}`)

/** `networks` and `@gosa/networks` → `@gosa/networks`. Ends the process if there is no such package. */
function fullName(/** @type {string} */ given) {
  const name = given.startsWith('@') ? given : `@gosa/${given}`
  if (names.includes(name)) return name
  console.error(`pack: there is no public package ${name}; there are ${names.join(', ')}`)
  return process.exit(2)
}

/**
 * The packages with all that they depend on, dependencies first.
 *
 * @param {readonly string[]} wanted
 * @param {Set<typeof published[0]>} [found]
 */
function closure(wanted, found = new Set()) {
  for (const own of published.filter(({ manifest }) => wanted.includes(manifest.name))) {
    if (found.has(own)) continue
    closure(Object.keys(own.manifest.dependencies ?? {}), found)
    found.add(own)
  }
  return found
}
