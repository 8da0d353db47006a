import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFileWhole } from './write-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gosa-write-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('writeFileWhole', () => {
  it('writes a file, takes the place of an older one, and leaves nothing else behind', async () => {
    const file = join(folder, 'file')
    await writeFileWhole(file, 'old')
    await writeFileWhole(file, Uint8Array.of(110, 101, 119))
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('lets two writers of one file each write it whole', async () => {
    const file = join(folder, 'file')
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000))
    await Promise.all(texts.map((text) => writeFileWhole(file, text)))
    expect(texts).toContain(readFileSync(file, 'utf8'))
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('keeps the old file where the new one cannot be written, and says why in words', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, 'old')
    await expect(writeFileWhole(file, 5 as never)).rejects.toThrow(`cannot write ${file}: `)
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['file'])
    await expect(writeFileWhole(join(file, 'below'), 'x')).rejects.toThrow(
      'a part of its path is a file, not a folder',
    )
    await expect(writeFileWhole(join(folder, 'gone', 'x'), 'x')).rejects.toThrow('its folder is not there')
  })
})
