import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filesBelow } from '../files.ts'
import { root } from '../workspace.ts'
import { deadLinks } from './links.ts'
import { machinePaths } from './machine-paths.ts'
import { pnpmVersions } from './pnpm-versions.ts'
import { registryHosts } from './registry-hosts.ts'

/** Files that hold no text can be linked to as well. */
const read = (path: string): string =>
  /\.(png|jpe?g|gz|ico|woff2?|wasm)$/.test(path) ? '' : readFileSync(`${root}${path}`, 'utf8')

const files = new Map(filesBelow(root).map((path) => [path, read(path)]))
const among = (fault: (path: string, text: string) => string[]) =>
  [...files].flatMap(([path, text]) => fault(path, text))

describe('the files of the repository', () => {
  it('are read, the lockfile and those of .github included', () => {
    expect([...files.keys()]).toEqual(expect.arrayContaining(['pnpm-lock.yaml', '.github/workflows/ci.yml']))
  })

  it('name no path that only one machine has', () => {
    expect(among((path, text) => machinePaths(path, text, root))).toEqual([])
  })

  it('name no registry to install from', () => {
    expect(among(registryHosts)).toEqual([])
  })

  it('run the pnpm that the repository pins', () => {
    const { version } = JSON.parse(files.get('package.json') ?? '').devEngines.packageManager
    const pages = [...files].filter(([path]) => path.endsWith('.md'))
    expect(pages.flatMap(([path, text]) => pnpmVersions(path, text, version))).toEqual([])
  })

  it('link to files and headings that are there', () => {
    expect(
      [...files.keys()].filter((path) => path.endsWith('.md')).flatMap((path) => deadLinks(path, files)),
    ).toEqual([])
  })
})

describe('a planted fault is found:', () => {
  // Joined here, so that this file does not name what it forbids.
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
})
