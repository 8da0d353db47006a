import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isPublic, readWorkspaces, root } from '../workspace.ts'
import { entries } from './entries.ts'
import { exported } from './exported.ts'

const libraries = readWorkspaces().filter((one) => isPublic(one) && one.manifest.exports)

describe('the public names', () => {
  // An addition or a loss is meant: `pnpm --filter @gosa/checks test -u` writes it down.
  it.each(libraries)('of $manifest.name are those of checks/exports', async ({ folder, manifest }) => {
    const lines = entries(manifest).flatMap(({ subpath, source }) => [
      `${manifest.name}${subpath.slice(1)}`,
      ...exported(readFileSync(`${root}${folder}/${source}`, 'utf8'), source).map(
        ({ name, type }) => `  ${type ? 'type ' : ''}${name}`,
      ),
    ])
    const snapshot = `${root}checks/exports/${manifest.name.replace('@gosa/', '')}.txt`
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(snapshot)
  })

  it('are read off as values and types, in order', () => {
    const index = `
      export { type B, a } from './a.ts'
      export type { C } from './c.ts'
      export { d as D } from './d.ts'
      export function e() {}
      export const f = 1
      export type G = 1
      const h = 1`
    expect(exported(index, 'src/index.ts')).toEqual([
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
  ])('cannot be read off %s, which is refused', (text, message) => {
    expect(() => exported(text, 'src/index.ts')).toThrow(message)
  })
})
