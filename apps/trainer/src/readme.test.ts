import { readFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { inProcess, temporaryFolder } from './command.testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The indented lines below `$ gosa-trainer …`, up to the next one. */
const examples = readme
  .slice(readme.indexOf('## A run'), readme.indexOf('## Commands'))
  .split('    $ gosa-trainer ')
  .slice(1)
  .map((text) => {
    const [line, ...output] = text.replace(/^ {4}/gm, '').trimEnd().split('\n')
    return { line, output: `${output.join('\n')}\n` }
  })

it('the README shows what the command prints, except for numbers written as …', async () => {
  expect(examples.length).toBeGreaterThan(3)
  for (const { line, output } of examples) {
    const { code, stdout, stderr } = await inProcess(folder.path, line.split(' '))
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' })
    const pattern = output
      .split('…')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')
    expect(stdout).toMatch(new RegExp(`^${pattern}$`))
  }
})
