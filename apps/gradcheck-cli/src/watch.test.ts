import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { localFiles, nextChange } from './watch.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gosa-watch-')))
afterAll(() => rmSync(folder, { recursive: true }))
const path = (name: string) => join(folder, name)
const write = (name: string, text: string) => writeFileSync(path(name), text)

describe('localFiles', () => {
  it('finds the files that a module imports by relative paths, also indirectly, but no packages', () => {
    mkdirSync(path('lib'))
    write(
      'layer.ts',
      "import { a } from './a.js'\nimport './b'\nimport '@gosa/linalg'\nconst c = import('./lib/c.mjs')",
    )
    write('a.ts', "export * from './layer'")
    write('b.ts', "import x = require('./none')")
    write('lib/c.mjs', "import '../d.js'")
    write('d.js', "require('./e')")
    write('e.js', '')
    const names = ['layer.ts', 'a.ts', 'b.ts', 'none', join('lib', 'c.mjs'), 'd.js', 'e.js']
    expect([...localFiles([path('layer.ts')])].sort()).toEqual(names.map(path).sort())
  })
})

describe('nextChange', () => {
  it('resolves once, also when a new file replaces the old one', async () => {
    write('one.js', '1')
    const change = nextChange(new Set([path('one.js')]), new AbortController().signal)
    write('other.js', '2')
    write('one.part', '2')
    renameSync(path('one.part'), path('one.js'))
    expect(await change).toBe(path('one.js'))
  })

  it('rejects when it is aborted', async () => {
    const aborter = new AbortController()
    const change = nextChange(new Set([path('one.js')]), aborter.signal)
    aborter.abort('SIGINT')
    await expect(change).rejects.toBe('SIGINT')
    await expect(nextChange(new Set(), aborter.signal)).rejects.toBe('SIGINT')
  })
})
