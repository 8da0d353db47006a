import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filesBelow, root } from '../repository.ts'
import { deadLinks, machinePaths, missingFiles, pnpmVersions, registryHosts } from './texts.ts'

/** The text of a file; empty for binary files, which only links can name. */
const read = (path: string): string =>
  /\.(png|jpe?g|gz|ico|woff2?|wasm)$/.test(path) ? '' : readFileSync(`${root}${path}`, 'utf8')

const files = new Map(filesBelow(root).map((path) => [path, read(path)]))
const pages = [...files.keys()].filter((path) => path.endsWith('.md'))

/** The faults that `check` finds in all files. */
const faultsOfAll = (check: (path: string, text: string) => string[]) =>
  [...files].flatMap(([path, text]) => check(path, text))

describe('the files of the repository', () => {
  it('are all read, the lockfile and those in .github included', () => {
    expect([...files.keys()]).toEqual(expect.arrayContaining(['pnpm-lock.yaml', '.github/workflows/ci.yml']))
  })

  it('name no path that exists on one machine only', () => {
    expect(faultsOfAll((path, text) => machinePaths(path, text, root))).toEqual([])
  })

  it('name no package registry', () => {
    expect(faultsOfAll(registryHosts)).toEqual([])
  })

  it('run the pnpm that the repository pins', () => {
    const { version } = JSON.parse(files.get('package.json') ?? '').devEngines.packageManager
    expect(pages.flatMap((path) => pnpmVersions(path, files.get(path) ?? '', version))).toEqual([])
  })

  it('link only to files and headings that exist', () => {
    expect(pages.flatMap((path) => deadLinks(path, files))).toEqual([])
  })

  it.each(['docs/architecture.md', 'docs/glossary.md', 'docs/glossary.ja.md', 'CONTRIBUTING.md'])(
    '%s names only source files that exist',
    (path) => {
      expect(files.get(path)).toMatch(/`packages\//)
      expect(missingFiles(path, files)).toEqual([])
    },
  )
})

describe('a planted fault is found:', () => {
  // Joined at run time, so that this file does not contain what it forbids.
  const home = ['', 'home', 'ada'].join('/')
  const host = ['https:/', 'registry.example.org', 'x'].join('/')

  it('a path of one machine', () => {
    expect(machinePaths('a.ts', `open('${home}/gosa')`, root)).toEqual([`a.ts: ${home}`])
    expect(machinePaths('a.ts', `in ${root}b.ts`, root)).toContain(`a.ts: ${root.slice(0, -1)}`)
    expect(machinePaths('a.ts', `'..${home}' and https://example.org${home}`, root)).toEqual([])
  })

  it('a registry, and any URL in a lockfile', () => {
    expect(registryHosts('.npmrc', `registry=${host}`)).toEqual([`.npmrc: ${host}`])
    expect(
      registryHosts('pnpm-lock.yaml', `resolution: {${'tarball'}: https://example.org/x.tgz}`),
    ).toHaveLength(2)
    expect(registryHosts('README.md', 'https://example.org/packages')).toEqual([])
  })

  it('another pnpm', () => {
    expect(pnpmVersions('README.md', 'npx pnpm@1.2.4 and npx pnpm@1.2.3 build', '1.2.3')).toEqual([
      'README.md: pnpm@1.2.4',
    ])
  })

  it('a link to a file or a heading that is not there', () => {
    const docs = new Map([
      [
        'docs/a.md',
        '[b](b.md) [c](../c.md#two-words) [x](x.md) [y](../c.md#x) ![z](z.svg) `[q](q.md)` [w](https://w)',
      ],
      ['docs/b.md', ''],
      ['c.md', '# Two `words`!\n\n```\n# x\n```'],
    ])
    expect(deadLinks('docs/a.md', docs)).toEqual([
      'docs/a.md: x.md',
      'docs/a.md: ../c.md#x',
      'docs/a.md: z.svg',
    ])
  })

  it('a source file or folder that a page names and that is not there', () => {
    const docs = new Map([
      ['a.md', '`packages/x/src/a.ts`, `packages/x/src/`, `packages/x/src/b.ts`, `apps/y/`, `npm/z.ts`'],
      ['packages/x/src/a.ts', ''],
    ])
    expect(missingFiles('a.md', docs)).toEqual(['a.md: packages/x/src/b.ts', 'a.md: apps/y'])
  })
})
