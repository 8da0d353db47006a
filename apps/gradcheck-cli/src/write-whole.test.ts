import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeWhole } from './write-whole.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-write-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a file is written in place of another, and nothing else stays', () => {
  const file = join(folder, 'a.xml')
  writeWhole(file, 'one')
  writeWhole(file, 'two')
  expect(readFileSync(file, 'utf8')).toBe('two')
  expect(readdirSync(folder)).toEqual(['a.xml'])
})

it('where it cannot be written it is said in words, and nothing is left behind', () => {
  const target = join(folder, 'taken')
  mkdirSync(target)
  expect(() => writeWhole(target, 'x')).toThrow(/cannot write .*taken: /)
  expect(() => writeWhole(join(folder, 'none', 'a.xml'), 'x')).toThrow(
    /cannot write .*: its folder is not there/,
  )
  expect(readdirSync(folder).sort()).toEqual(['a.xml', 'taken'])
})
