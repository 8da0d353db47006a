import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pictures } from '../draw-readme.mjs'

it.each(Object.entries(pictures()))('docs/%s is what packages/graph/draw-readme.mjs draws', (name, svg) => {
  const committed = readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')
  // Without a diff of thousands of characters: draw the pictures again, and look at them.
  expect(
    committed.replaceAll('\r\n', '\n') === svg,
    'build, and run node packages/graph/draw-readme.mjs',
  ).toBe(true)
})
