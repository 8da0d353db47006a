import { describe, expect, it } from 'vitest'
import { crc32, readZipDirectory, readZipEntry, writeZip } from './zip.ts'

describe('writeZip', () => {
  it('writes files that readZipDirectory and readZipEntry return', async () => {
    const files = [
      { name: 'a.txt', content: new TextEncoder().encode('abc') },
      { name: 'größe', content: new Uint8Array(0) },
    ]
    const bytes = writeZip(files)
    const entries = readZipDirectory(bytes)
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ['a.txt', 3],
      ['größe', 0],
    ])
    for (const [i, entry] of entries.entries()) {
      expect(await readZipEntry(bytes, entry, entry.name)).toEqual(files[i].content)
    }
  })
})

describe('crc32', () => {
  it('returns the check value of the standard, 0xCBF43926 for the digits 1 to 9', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
    expect(crc32(new Uint8Array(0))).toBe(0)
  })
})
