import { describe, expect, it } from 'vitest'
import { differences } from './check.ts'
import { claimedOutput, difference, updatedPage } from './output.ts'
import { examplesOf, moduleText } from './program.ts'
import { typeErrors } from './type-errors.ts'

const page = (...blocks: string[]) => blocks.map((block) => `\`\`\`${block}\n\`\`\``).join('\n\n')
const faultsOf = async (text: string, path = 'README.md') => {
  const found = await Promise.all(examplesOf(path, text).programs.map((program) => differences(program)))
  return found.flat().map(({ message }) => message)
}

describe('a block', () => {
  it('passes if it prints what its comments claim', async () => {
    const block = "ts\nimport { tensor } from '@gosa/linalg'\nconsole.log(tensor([1, 2]).shape) // [ 2 ]"
    expect(await faultsOf(page(block))).toEqual([])
  })

  it.each([
    ['a wrong comment', 'console.log(1) // 2', '  | 1\nbut its comments say\n  | 2'],
    ['no comment', 'console.log(1)', '  | 1\nbut its comments say\n  nothing'],
    ['one comment too many', 'console.log(1) // 1\n// 2', '  | 1\nbut its comments say\n  | 1\n  | 2'],
    ['nothing printed', 'if (0) console.log(1) // 1', '  nothing\nbut its comments say\n  | 1'],
  ])('fails with %s, and is named', async (_, code, message) => {
    expect(await faultsOf(page(`ts\n${code}`))).toEqual([`README.md:2: prints\n${message}`])
  })

  it('fails if it throws, with its line in the page', async () => {
    await expect(faultsOf(`# Title\n\n${page("ts\nthrow new Error('no')")}`)).rejects.toThrow(/README\.md:4/)
  })

  it('is a program of its own in a README unless it says continued; in docs it always continues', async () => {
    const [first, second] = ['ts\nconst a = 1', 'ts\nconsole.log(a) // 1']
    await expect(faultsOf(page(first, second))).rejects.toThrow(/a is not defined/)
    expect(await faultsOf(page(first, second.replace('ts', 'ts continued')))).toEqual([])
    expect(await faultsOf(page(first, second), 'docs/page.md')).toEqual([])
  })

  it('that needs MNIST is left out if MNIST is not there', async () => {
    expect(await faultsOf(page("ts mnist\nthrow new Error('no')"))).toEqual([])
  })

  it('fails with a wrong type', () => {
    const code = "import { tensor } from '@gosa/linalg'\nconst x: string = tensor([1])"
    const text = moduleText([{ line: 1, indent: 0, words: ['ts'], code }])
    expect(typeErrors(new Map([['README.md.0.ts', text]]))).toEqual([
      expect.stringMatching(/^README\.md:\d+: Type/),
    ])
  })

  it.each([
    ['js\n1', 'README.md:2: a block in js is not run; write ts'],
    ['ts no-run\n1', 'README.md:2: ts no-run means nothing; known are continued, mnist, fragment'],
    ['ts fragment\n1', 'README.md:2: a fragment without a reason'],
    ['ts continued\n1', 'README.md:2: continues nothing'],
  ])('that nothing would run is rejected: %j', (block, fault) => {
    expect(examplesOf('README.md', page(block)).faults).toEqual([fault])
  })
})

describe('comments that are output', () => {
  it.each([
    ['beside and below', 'console.log(a) // 1\n// 2\n\n// for people', ['1', '2']],
    ['after a call of several lines', 'console.log(\n  a, // for people\n) // 1', ['1']],
    ['after a loop', 'for (const b of c) {\n  console.log(b)\n}\n// 1\n//  2', ['1', ' 2']],
    ['in a branch, then after it', 'try {\n  console.log(1) // 1\n} catch {}\n// 2', ['1', '2']],
    ['not after other statements', 'const url = "//a" // for people\n// for people', []],
    ['not where console.log is only mentioned', "f('console.log(1)') // for people", []],
  ])('%s', (_, code, lines) => expect(claimedOutput(code).map(({ text }) => text)).toEqual(lines))

  it('may leave out text or lines with …', () => {
    expect(difference(['a 1.5 s', 'b', 'c'], ['a … s', '…', 'c'])).toBeUndefined()
    expect(difference(['a', 'c'], ['a', '…', 'c'])).toBeUndefined()
    expect(difference(['a', 'c'], ['a', '…'])).toBeUndefined()
    expect(difference(['a'], ['a', '…', 'c'])).toMatch(/^prints/)
    expect(difference(['axb'], ['a.b'])).toMatch(/^prints/)
  })
})

describe('a page whose numbers have changed', () => {
  const text = '- x\n\n  ```ts\n  console.log(1) // 0\n  // as … was\n  // 0\n  ```\n'
  const [block] = examplesOf('README.md', text).programs[0].blocks

  it('gets the new ones, line by line, if asked to', () => {
    const page = '- x\n\n  ```ts\n  console.log(1) // 1\n  // as … was\n  // 3\n  ```\n'
    expect(updatedPage(text, block, ['1', 'as it was', '3'])).toBe(page)
  })

  it('is left to a person if more or fewer lines are printed', () => {
    expect(updatedPage(text, block, ['1'])).toBeUndefined()
  })
})
