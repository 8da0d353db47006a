import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { mendSpecifier } from './mend-specifier.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-mend-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'lib'))
for (const name of ['layer.ts', 'helper.ts', 'plain.js', 'lib/index.ts'])
  writeFileSync(join(folder, name), '')
const url = (name: string) => pathToFileURL(join(folder, name)).href
const mend = (specifier: string, parent = 'layer.ts') => mendSpecifier(specifier, url(parent))

it('without an ending, with that of JavaScript, or as a folder, it stands for a TypeScript file', () => {
  expect(mend('./helper')).toBe(url('helper.ts'))
  expect(mend('./helper.js')).toBe(url('helper.ts'))
  expect(mend('./lib')).toBe(url('lib/index.ts'))
})

it('what exists, what does not exist at all, and packages stay as they are', () => {
  expect(mend('./plain.js')).toBe(url('plain.js'))
  expect(mend('./none.js')).toBe('./none.js')
  expect(mend('@gosa/linalg')).toBe('@gosa/linalg')
})

it('imports of JavaScript files and those from nowhere are none of its business', () => {
  expect(mend('./helper', 'plain.js')).toBe('./helper')
  expect(mendSpecifier('./helper', undefined)).toBe('./helper')
})
