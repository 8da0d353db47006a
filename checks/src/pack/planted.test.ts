import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { readWorkspaces } from '../repository.ts'
import { publintFaults, typesFaults } from './lint.ts'
import { contentFaults, packAll } from './tarballs.ts'
import { compile, namesAtRunTime } from './use.ts'

const temporary = mkdtempSync(join(tmpdir(), 'gosa-planted-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

// The only package that needs no other: its unpacked tarball is an installation.
const [linalg] = await packAll(
  readWorkspaces().filter(({ manifest }) => manifest.name === '@gosa/linalg'),
  join(temporary, 'tarballs'),
)

describe('a tarball with a planted fault is found:', () => {
  const folder = join(temporary, 'consumer')
  const installed = join(folder, 'node_modules/@gosa/linalg')
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true })
    cpSync(linalg.unpacked, installed, { recursive: true })
  })

  it('types for require are missing', async () => {
    rmSync(join(installed, 'dist/index.d.cts'))
    expect(await publintFaults(installed)).not.toEqual([])
    expect(await typesFaults(installed, linalg.manifest)).not.toEqual([])
    expect(compile(linalg, folder, 'node16').join()).toContain('@gosa/linalg')
  })

  it('a name is missing at run time', () => {
    writeFileSync(join(installed, 'dist/fma.cjs'), '')
    expect(namesAtRunTime(linalg, folder, 'require')['@gosa/linalg/fma']).toEqual([])
    expect(namesAtRunTime(linalg, folder, 'import')['@gosa/linalg/fma']).toEqual(['fma'])
  })

  it('a name is missing for TypeScript', () => {
    writeFileSync(join(installed, 'dist/fma.d.ts'), 'export {}')
    expect(compile(linalg, folder, 'bundler').join()).toContain("no exported member 'fma'")
  })

  it('a file too many, a path of a machine, or no LICENSE', () => {
    const before = contentFaults(installed)
    writeFileSync(join(installed, 'dist/index.js'), `// ${['', 'home', 'ada'].join('/')}`)
    writeFileSync(join(installed, '.env'), '')
    rmSync(join(installed, 'LICENSE'))
    const added = contentFaults(installed).filter((fault) => !before.includes(fault))
    expect(added).toEqual(['no LICENSE', 'holds .env', expect.stringMatching(/^dist\/index\.js: /)])
  })
})
