import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isPublic, readWorkspaces, root } from '../repository.ts'
import { entries, exportedNames } from '../rules/exported.ts'
import { INNER_PARTS, NOT_CALLED, TAKES, THROWS_AS } from './exceptions.ts'
import { type Kind, NONSENSE, outcomeOf } from './nonsense.ts'

const words = (text: string) => text.split(/\s+/)
const notCalled = new Set(Object.values(NOT_CALLED).flatMap(words))

const libraries = readWorkspaces().filter(
  (one) => isPublic(one) && one.manifest.exports && one.folder.startsWith('packages/'),
)
const entryPoints = libraries.flatMap(({ folder, manifest }) =>
  entries(manifest).map(({ subpath, source }) => ({
    entry: `${manifest.name}${subpath.slice(1)}`,
    path: `${root}${folder}/${source}`,
  })),
)

describe('every public function refuses nonsense in words that begin with its name', () => {
  it.each(entryPoints)('$entry', async ({ entry, path }) => {
    const module: Record<string, unknown> = await import(/* @vite-ignore */ path)
    const left = new Set([...notCalled, ...words(INNER_PARTS[entry] ?? '')])
    const faults: string[] = []
    for (const { name } of exportedNames(readFileSync(path, 'utf8'), path)) {
      const called = module[name]
      if (typeof called !== 'function' || left.has(name)) continue
      const names = [name, ...(THROWS_AS[name] ?? [])]
      for (const [kind, value] of Object.entries(NONSENSE)) {
        for (const args of [[value], [value, value, value, value]]) {
          const outcome = await outcomeOf(() => call(called, args), names)
          const isFine =
            outcome === 'refused' || (outcome === 'accepted' && TAKES[name]?.includes(kind as Kind))
          if (!isFine) faults.push(`${name}(${args.map(() => kind).join(', ')}): ${outcome}`)
        }
      }
    }
    expect(faults).toEqual([])
  })

  it('has no exception for a name that is not exported', async () => {
    const modules = await Promise.all(entryPoints.map(({ path }) => import(/* @vite-ignore */ path)))
    const exported = new Set(modules.flatMap((module) => Object.keys(module)))
    const excepted = [...notCalled, ...Object.values(INNER_PARTS).flatMap(words), ...Object.keys(TAKES)]
    expect(excepted.filter((name) => !exported.has(name))).toEqual([])
  })
})

/** Calls a function, or creates an instance of a class. */
function call(called: unknown, args: readonly unknown[]): unknown {
  const isClass = /^class\b/.test(Function.prototype.toString.call(called))
  return isClass
    ? Reflect.construct(called as new () => unknown, args)
    : (called as (...args: readonly unknown[]) => unknown)(...args)
}
