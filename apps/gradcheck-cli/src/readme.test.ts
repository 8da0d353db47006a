import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gosaGradcheck, install, withoutTimeHints } from '../test/run.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The command lines `$ gosa-gradcheck …` with the indented lines below each. */
const examples = readme
  .split(/^ {4}\$ gosa-gradcheck ?/m)
  .slice(1)
  .map((text) => {
    const [line, ...rest] = text
      .split(/\n(?! {4}|\n)/)[0]
      .trimEnd()
      .split('\n')
    return { line, output: rest.map((each) => `${each.slice(4)}\n`).join('') }
  })

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

describe('the README of gradcheck-cli', () => {
  it('shows what the command prints, except for numbers written as …', async () => {
    const [, module] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
    writeFileSync(join(install, 'my-relu.ts'), module)
    expect(examples.length).toBeGreaterThan(1)
    for (const { line, output } of examples) {
      const { stdout, stderr } = await gosaGradcheck(line.split(' ').filter(Boolean))
      expect(withoutTimeHints(stderr)).toBe('')
      const pattern = output
        .split('\n')
        .map((each) => (each === '…' ? '(?:.+\n?)+?' : each.split('…').map(escapePattern).join('.*')))
      expect(stdout).toMatch(new RegExp(`^${pattern.join('\n')}$`))
    }
  })

  it('names every option', async () => {
    const { stdout } = await gosaGradcheck(['--help'])
    const options = [...stdout.matchAll(/--[a-z-]+/g)].map(([option]) => option)
    expect(options.filter((option) => !readme.includes(option))).toEqual([])
  })
})
