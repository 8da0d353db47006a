import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeUnfinishedFiles, UNFINISHED_SUFFIX, writeFileAtomic } from './write-file-atomic.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gosa-write-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('writeFileAtomic', () => {
  it('writes a file, replaces an older one, and leaves nothing else', async () => {
    const file = join(folder, 'file')
    await writeFileAtomic(file, 'old')
    await writeFileAtomic(file, Uint8Array.of(110, 101, 119))
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('lets concurrent writers of one file each write it completely', async () => {
    const file = join(folder, 'file')
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000))
    await Promise.all(texts.map((text) => writeFileAtomic(file, text)))
    expect(texts).toContain(readFileSync(file, 'utf8'))
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('keeps the old file if the new one cannot be written, and says why', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, 'old')
    await expect(writeFileAtomic(file, 5 as never)).rejects.toThrow(`cannot write ${file}: `)
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('says why a path cannot be written: below a file, in a folder that does not exist, a folder itself', async () => {
    const [file, taken] = [join(folder, 'file'), join(folder, 'taken')]
    writeFileSync(file, '')
    mkdirSync(taken)
    await expect(writeFileAtomic(join(file, 'below'), 'x')).rejects.toThrow(
      'part of its path is a file, not a folder',
    )
    await expect(writeFileAtomic(join(folder, 'none', 'x'), 'x')).rejects.toThrow('its folder does not exist')
    await expect(writeFileAtomic(taken, 'x')).rejects.toThrow(`cannot write ${taken}: `)
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken'])
  })
})

describe('removeUnfinishedFiles', () => {
  it('removes unfinished files only, and accepts a folder that does not exist', async () => {
    writeFileSync(join(folder, 'file'), '')
    writeFileSync(join(folder, `.file.0123${UNFINISHED_SUFFIX}`), '')
    await removeUnfinishedFiles(folder)
    expect(readdirSync(folder)).toEqual(['file'])
    await removeUnfinishedFiles(join(folder, 'none'))
  })
})
