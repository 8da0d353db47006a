import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { resolveTypeScriptSpecifier } from './typescript-paths.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-paths-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'lib'))
for (const name of ['layer.ts', 'helper.ts', 'plain.js', 'lib/index.ts'])
  writeFileSync(join(folder, name), '')
const url = (name: string) => pathToFileURL(join(folder, name)).href
const resolve = (specifier: string, parent = 'layer.ts') => resolveTypeScriptSpecifier(specifier, url(parent))

describe('resolveTypeScriptSpecifier', () => {
  it('finds a TypeScript file without extension, with that of JavaScript, or as index of a folder', () => {
    expect(resolve('./helper')).toBe(url('helper.ts'))
    expect(resolve('./helper.js')).toBe(url('helper.ts'))
    expect(resolve('./lib')).toBe(url('lib/index.ts'))
  })

  it('leaves existing files, missing files and packages unchanged', () => {
    expect(resolve('./plain.js')).toBe(url('plain.js'))
    expect(resolve('./none.js')).toBe('./none.js')
    expect(resolve('@gosa/linalg')).toBe('@gosa/linalg')
  })

  it('leaves the imports of JavaScript files and of the entry point unchanged', () => {
    expect(resolve('./helper', 'plain.js')).toBe('./helper')
    expect(resolveTypeScriptSpecifier('./helper', undefined)).toBe('./helper')
  })
})
