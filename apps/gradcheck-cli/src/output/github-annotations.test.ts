import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { failedCase } from '../cases/case-result.ts'
import { githubAnnotations } from './github-annotations.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-annotations-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(
  join(folder, 'layers.ts'),
  "\nexport const cases = [\n  { name: 'Relu, wide', x: 1 },\n]\nexport const swish = 2\n",
)

const at = { repository: join(folder, '..'), folder }
const path = `${folder.split(/[\\/]/).at(-1)}/layers.ts`
const result = (name: string, more: object = {}) => ({
  ...failedCase(name, { message: '', stack: '' }, 'layers.ts'),
  problem: undefined,
  findings: [{ name: 'not-linear' as const, message: '100 % off, at (0, 1)' }],
  ...more,
})

describe('githubAnnotations', () => {
  it('has a line for each case that does not pass, with the place of its name, relative to the repository', () => {
    const passed = { ...result('swish'), ok: true, verdict: 'pass' as const }
    expect(githubAnnotations([result('Relu, wide'), passed, result('swish')], at)).toEqual([
      `::error file=${path},line=3,title=gosa-gradcheck%3A Relu%2C wide::not-linear: 100 %25 off, at (0, 1)`,
      `::error file=${path},line=5,title=gosa-gradcheck%3A swish::not-linear: 100 %25 off, at (0, 1)`,
    ])
  })

  it('shows the line that threw, and joins several messages', () => {
    const place = { file: join(folder, 'inner.ts'), line: 7, column: 2 }
    const problem = { message: 'TypeError: no', stack: '', place }
    expect(githubAnnotations([result('a', { problem, notes: ['one sample'] })], at)[0]).toMatch(
      /inner\.ts,line=7,title=gosa-gradcheck%3A a::not-linear: .*%0ATypeError: no%0Aone sample$/,
    )
  })

  it('is a warning without a verdict, and needs no file', () => {
    const unclear = { ...result('MulLayer'), module: undefined, verdict: 'inconclusive' as const }
    expect(githubAnnotations([unclear], { folder })[0]).toMatch(
      /^::warning title=gosa-gradcheck%3A MulLayer::/,
    )
  })
})
