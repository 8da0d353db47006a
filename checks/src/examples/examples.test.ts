import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filesBelow, root } from '../repository.ts'
import { differences, mnistFolder, updateComments } from './check.ts'
import { examplesOf, moduleText } from './program.ts'
import { typeErrors } from './type-errors.ts'

const pages = filesBelow(root)
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, ...examplesOf(path, readFileSync(`${root}${path}`, 'utf8')) }))
const programs = pages.flatMap(({ programs }) => programs)
const data = mnistFolder()
const needMnist = programs.flatMap(({ blocks }) => blocks).filter(({ words }) => words.includes('mnist'))
if (!data && needMnist.length > 0)
  console.log(`left out: ${needMnist.length} blocks that need MNIST (GOSA_DATA_DIR)`)

const modules = programs.map(({ path, blocks }, i) => [`${path}.${i}.ts`, moduleText(blocks)] as const)

describe('the code blocks of the Markdown files', () => {
  it('all run, or say why not', () => expect(pages.flatMap(({ faults }) => faults)).toEqual([]))

  it('have the right types', () => {
    expect(typeErrors(new Map(modules))).toEqual([])
  })

  it('have the right types in READMEs under the strictest options, as a reader’s own project may have them', () => {
    const strictest = { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true }
    const readmes = modules.filter(([name]) => name.includes('README'))
    expect(typeErrors(new Map(readmes), strictest)).toEqual([])
  })

  it.concurrent.each(programs.map((program) => ({ ...program, line: program.blocks[0].line })))(
    '$path:$line prints what its comments claim',
    async (program) => {
      const found = await differences(program, data)
      const left = process.env.GOSA_UPDATE_EXAMPLES ? updateComments(program.path, found) : found
      expect(left.map(({ message }) => message).join('\n')).toBe('')
    },
    600_000,
  )
})
