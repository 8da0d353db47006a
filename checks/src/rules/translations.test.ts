import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { blocks } from '../markdown.ts'
import { filesBelow, root } from '../repository.ts'

const translations = filesBelow(`${root}docs`).filter((path) => path.endsWith('.ja.md'))

/** The TypeScript blocks of a page, each with the words after its fence. */
const code = (text: string): string[] =>
  blocks(text)
    .filter(({ words }) => words[0] === 'ts')
    .map(({ words, code }) => [words.join(' '), code].join('\n'))

it.each(translations)('docs/%s runs the same code as the page that it translates', (path) => {
  const [translated, original] = [path, path.replace(/\.ja\.md$/, '.md')].map((page) =>
    code(readFileSync(`${root}docs/${page}`, 'utf8')),
  )
  expect(translated).toEqual(original)
})

it('a planted difference is found', () => {
  expect(code('```ts\nlet a = 1\n```')).not.toEqual(code('```ts\nlet a = 2\n```'))
  expect(code('```ts\nlet a = 1\n```')).not.toEqual(code('```ts mnist\nlet a = 1\n```'))
})
