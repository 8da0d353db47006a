import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isPublic, readWorkspaces } from '../repository.ts'
import { bundledBy } from '../rules/arrows.ts'
import { publintFaults, typesFaults } from './lint.ts'
import { contentFaults, install, packAll } from './tarballs.ts'
import { compile, expectedAtRunTime, namesAtRunTime } from './use.ts'

const temporary = mkdtempSync(join(tmpdir(), 'gosa-pack-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const all = readWorkspaces()
const packed = await packAll(all.filter(isPublic), join(temporary, 'tarballs'))
const libraries = packed.filter(({ manifest }) => manifest.exports)
const commands = packed.filter(({ manifest }) => manifest.bin)
const folders = new Map<string, string>()

/** The folder in which a package is installed alone. */
function installed(one: (typeof packed)[number]): string {
  const folder = folders.get(one.manifest.name) ?? install(one, packed, join(temporary, one.folder))
  folders.set(one.manifest.name, folder)
  return folder
}

describe.each(packed)('the tarball of $manifest.name', (one) => {
  it('holds dist, README and LICENSE, and no path of the machine that built it', () => {
    expect(contentFaults(one.unpacked)).toEqual([])
  })

  it.each(bundledBy(one, all).filter((name) => !name.startsWith('@gosa/')))(
    'holds the licence of %s, which is bundled into it',
    (name) => {
      const licences = readFileSync(join(one.unpacked, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
      expect(licences).toMatch(new RegExp(`^${name}, part of this package\n\n(.*\n+)?Copyright`, 'm'))
    },
  )

  it('satisfies publint', async () => expect(await publintFaults(one.unpacked)).toEqual([]))

  it('installs alone, without a network', () => {
    expect(existsSync(join(installed(one), 'node_modules', one.manifest.name, 'package.json'))).toBe(true)
  })
})

describe.each(libraries)('$manifest.name from its tarball', (one) => {
  it.each(['import', 'require'] as const)('gives its public names to %s', (how) => {
    expect(namesAtRunTime(one, installed(one), how)).toEqual(expectedAtRunTime(one))
  })

  it.each(['node16', 'bundler'] as const)(
    'gives its names and types to TypeScript, resolution %s',
    (resolution) => {
      expect(compile(one, installed(one), resolution)).toEqual([])
    },
  )

  it('has the right types in every resolution', async () => {
    expect(await typesFaults(one.unpacked, one.manifest)).toEqual([])
  })
})

describe.each(commands)('$manifest.name from its tarball', (one) => {
  it.each(Object.entries(one.manifest.bin ?? {}))('runs %s --version', (name, path) => {
    const modules = join(installed(one), 'node_modules')
    expect(existsSync(join(modules, '.bin', name))).toBe(true)
    const file = join(modules, one.manifest.name, path)
    const printed = execFileSync(process.execPath, [file, '--version'], { cwd: temporary, encoding: 'utf8' })
    expect(printed).toContain(one.manifest.version)
  })
})
