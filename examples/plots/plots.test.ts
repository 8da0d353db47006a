import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pictures, plots } from './plots.ts'

const fileOf = (name: string) => new URL(`../../docs/plots/${name}.svg`, import.meta.url)

describe('docs/plots', () => {
  it.each(Object.entries(pictures))('%s.svg is what npm run plots draws', async (name, draw) => {
    const { svg } = await draw()
    const committed = readFileSync(fileOf(name), 'utf8')
    // Without a diff of thousands of characters: draw it again, and look at it.
    expect(committed.replaceAll('\r\n', '\n') === svg, `npm run plots -- ${name}`).toBe(true)
  })

  it.each(Object.keys(plots))('%s.svg, drawn from runs on MNIST, is there', (name) => {
    expect(existsSync(fileOf(name))).toBe(true)
    expect(readFileSync(fileOf(name), 'utf8')).toMatch(/<desc>[^<]+<\/desc>/)
  })

  it('are all shown in a chapter, in both languages', () => {
    for (const language of ['', '.ja']) {
      const text = [6, 7]
        .map((n) => readFileSync(new URL(`../../docs/chapter-${n}${language}.md`, import.meta.url), 'utf8'))
        .join()
      const missing = [...Object.keys(pictures), ...Object.keys(plots)].filter(
        (name) => !text.includes(`](plots/${name}.svg)`),
      )
      expect(missing).toEqual([])
    }
  })
})
