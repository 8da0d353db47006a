import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filesBelow } from '../files.ts'
import { root } from '../workspace.ts'
import { differences, mend } from './check.ts'
import { mnistFolder } from './mnist.ts'
import { moduleText } from './module-text.ts'
import { examplesOf } from './programs.ts'
import { typeErrors } from './type-errors.ts'

const pages = filesBelow(root)
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, ...examplesOf(path, readFileSync(`${root}${path}`, 'utf8')) }))
const programs = pages.flatMap(({ programs }) => programs)
const data = mnistFolder()
const needing = programs.flatMap(({ blocks }) => blocks).filter(({ words }) => words.includes('mnist'))
if (!data && needing.length > 0)
  console.log(`left out: ${needing.length} blocks that need MNIST (GOSA_DATA_DIR)`)

describe('the code blocks of the Markdown files', () => {
  it('are all run, or say why not', () => expect(pages.flatMap(({ faults }) => faults)).toEqual([]))

  it('have the right types', () => {
    const modules = programs.map(({ path, blocks }, i) => [`${path}.${i}.ts`, moduleText(blocks)] as const)
    expect(typeErrors(new Map(modules))).toEqual([])
  })

  it.concurrent.each(programs.map((program) => ({ ...program, line: program.blocks[0].line })))(
    '$path:$line prints what its comments say',
    async (program) => {
      const found = await differences(program, data)
      const left = process.env.GOSA_MEND_EXAMPLES ? mend(program.path, found) : found
      expect(left.map(({ message }) => message).join('\n')).toBe('')
    },
    600_000,
  )
})
