import type { Manifest } from '../workspace.ts'

/** The entry points of a package's exports map: `.` → `src/index.ts`, `./node` → `src/node.ts`. */
export function entries({ exports = {} }: Manifest): { subpath: string; source: string }[] {
  return Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => ({
      subpath,
      source: subpath === '.' ? 'src/index.ts' : `src/${subpath.slice(2)}.ts`,
    }))
}
