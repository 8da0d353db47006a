import { describe, expect, it } from 'vitest'
import { checkTexts } from './check.ts'
import { drawTexts } from './draw.ts'
import { graphTexts } from './graph.ts'
import { shellTexts } from './shell.ts'
import { trainTexts } from './train.ts'

const tables = { checkTexts, drawTexts, graphTexts, shellTexts, trainTexts }

/** All texts of a table by their path; functions are called with markers that can be found in their result. */
function texts(table: unknown, path = ''): [path: string, text: string, given: string[]][] {
  if (typeof table === 'string') return [[path, table, []]]
  if (typeof table === 'function') {
    const given = Array.from({ length: table.length }, (_, i) => `⟨${i}⟩`)
    return [[path, String(table(...given)), given]]
  }
  return Object.entries(table as object).flatMap(([name, part]) => texts(part, `${path}.${name}`))
}

describe.each(Object.entries(tables))('%s', (_name, { en, ja }) => {
  it('has every text in both languages', () => {
    expect(texts(ja).map(([path]) => path)).toEqual(texts(en).map(([path]) => path))
    for (const [path, text] of [...texts(en), ...texts(ja)])
      expect([path, text.trim()]).not.toEqual([path, ''])
  })

  it('uses every argument in every text', () => {
    for (const [path, text, given] of [...texts(en), ...texts(ja)]) {
      for (const word of given) expect([path, text]).toEqual([path, expect.stringContaining(word)])
    }
  })

  it('has Japanese texts in Japanese, except formulas', () => {
    const same = texts(ja).filter(([, text], i) => text === texts(en)[i][1] && /[a-z]{4}/i.test(text))
    expect(same.map(([path]) => path).filter((path) => !path.startsWith('.formulas.'))).toEqual([])
  })
})
