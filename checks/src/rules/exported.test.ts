import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isPublic, readWorkspaces, root } from '../repository.ts'
import { entries, exportedNames } from './exported.ts'

const libraries = readWorkspaces().filter((one) => isPublic(one) && one.manifest.exports)

describe('the public names', () => {
  // `pnpm --filter @gosa/checks test -u` records an intended addition or removal.
  it.each(libraries)('of $manifest.name are those of checks/exports', async ({ folder, manifest }) => {
    const lines = entries(manifest).flatMap(({ subpath, source }) => [
      `${manifest.name}${subpath.slice(1)}`,
      ...exportedNames(readFileSync(`${root}${folder}/${source}`, 'utf8'), source).map(
        ({ name, type }) => `  ${type ? 'type ' : ''}${name}`,
      ),
    ])
    const snapshot = `${root}checks/exports/${manifest.name.replace('@gosa/', '')}.txt`
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(snapshot)
  })

  it('are read as values and types, sorted', () => {
    const index = `
      export { type B, a } from './a.ts'
      export type { C } from './c.ts'
      export { d as D } from './d.ts'
      export function e() {}
      export const f = 1
      export type G = 1
      const h = 1`
    expect(exportedNames(index, 'src/index.ts')).toEqual([
      { name: 'B', type: true },
      { name: 'C', type: true },
      { name: 'D', type: false },
      { name: 'G', type: true },
      { name: 'a', type: false },
      { name: 'e', type: false },
      { name: 'f', type: false },
    ])
  })

  it.each([
    ["export * from './a.ts'", /export \*; name them/],
    ["export * as a from './a.ts'", /export \*; name them/],
    ['export default 1', /a default export; name it/],
    ['export default function a() {}', /a default export; name it/],
  ])('must have names: %s is rejected', (text, message) => {
    expect(() => exportedNames(text, 'src/index.ts')).toThrow(message)
  })
})
