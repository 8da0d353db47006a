import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pictures } from '../draw-readme.mjs'

it.each(Object.entries(pictures()))(
  'docs/%s is what node packages/graph/draw-readme.mjs draws',
  (name, svg) => {
    const committed = readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')
    // No diff of thousands of characters: draw them anew, and look.
    expect(committed.replaceAll('\r\n', '\n') === svg, 'build, and draw them anew').toBe(true)
  },
)
