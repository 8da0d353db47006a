import { describe, expect, it } from 'vitest'
import { compileTypeScript } from './typescript.ts'

const code = (source: string, file = 'a.ts') =>
  compileTypeScript(source, file).source.split('//# source')[0].trim()

describe('compileTypeScript', () => {
  it('leaves types out, and imports of types alone', () => {
    expect(code("import { type A, B } from 'b'\nimport { C } from 'c'\nexport const x: C = B")).toBe(
      "import { B } from 'b';\nexport const x = B;",
    )
  })

  it('compiles what needs code of its own', () => {
    expect(code('class A { constructor(readonly x: number) {} }\nexport enum E { One = 1 }')).toMatch(
      /this\.x = x/,
    )
  })

  it('ends with a source map', () => {
    expect(compileTypeScript('export {}', 'a.ts').source).toMatch(
      /\n\/\/# sourceMappingURL=data:application\/json;base64,/,
    )
  })

  it('knows the kind of module by its name, else by what it uses', () => {
    const formats = [
      ['const a = 1', 'a.mts'],
      ['const a = 1', 'a.cts'],
      ['export const a = 1', 'a.ts'],
      ["const a = require('a')", 'a.ts'],
      ['await 1', 'a.ts'],
    ].map(([source, file]) => compileTypeScript(source, file).format)
    expect(formats).toEqual(['module', 'commonjs', 'module', 'commonjs', 'module'])
  })

  it('names the place of an error', () => {
    const compile = () => compileTypeScript('const a = 1\nconst x: number = ;', '/home/me/a.ts')
    expect(compile).toThrow(SyntaxError)
    try {
      compile()
    } catch (error) {
      expect((error as Error).stack).toContain('at /home/me/a.ts:2:19')
    }
  })
})
