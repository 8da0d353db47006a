import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { compileTypeScript, load, resolve } from './typescript-hooks.ts'

const code = (source: string, file = 'a.ts') =>
  compileTypeScript(source, file).source.split('//# source')[0].trim()

describe('compileTypeScript', () => {
  it('removes types, and imports that are only used as types', () => {
    expect(code("import { type A, B } from 'b'\nimport { C } from 'c'\nexport const x: C = B")).toBe(
      "import { B } from 'b';\nexport const x = B;",
    )
  })

  it('compiles enums and parameter properties', () => {
    expect(code('class A { constructor(readonly x: number) {} }\nexport enum E { One = 1 }')).toMatch(
      /this\.x = x/,
    )
  })

  it('ends with a source map', () => {
    expect(compileTypeScript('export {}', 'a.ts').source).toMatch(
      /\n\/\/# sourceMappingURL=data:application\/json;base64,/,
    )
  })

  it('determines the module format by the extension, or else by imports and exports', () => {
    const formats = [
      ['const a = 1', 'a.mts'],
      ['const a = 1', 'a.cts'],
      ['export const a = 1', 'a.ts'],
      ["const a = require('a')", 'a.ts'],
      ['await 1', 'a.ts'],
    ].map(([source, file]) => compileTypeScript(source, file).format)
    expect(formats).toEqual(['module', 'commonjs', 'module', 'commonjs', 'module'])
  })

  it('throws a syntax error with its position', () => {
    const compile = () => compileTypeScript('const a = 1\nconst x: number = ;', '/home/me/a.ts')
    expect(compile).toThrow(SyntaxError)
    try {
      compile()
    } catch (error) {
      expect((error as Error).stack).toContain('at /home/me/a.ts:2:19')
    }
  })
})

describe('the module hooks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gosa-hooks-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'a.ts'), 'export const a: number = 1')
  const url = pathToFileURL(join(folder, 'a.ts')).href

  it('compile TypeScript, and leave other files to the next hook', () => {
    const next = (url: string) => ({ next: url })
    expect(load(url, {}, next)).toMatchObject({ format: 'module', shortCircuit: true })
    expect(load('file:///b.js', {}, next)).toEqual({ next: 'file:///b.js' })
  })

  it('resolve the imports of TypeScript as its compiler does', () => {
    const next = (specifier: string) => specifier
    expect(resolve('./a', { parentURL: url }, next)).toBe(url)
    expect(resolve('./a', { parentURL: 'file:///b.js' }, next)).toBe('./a')
  })
})
