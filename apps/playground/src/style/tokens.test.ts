import { readFileSync } from 'node:fs'
import { palettes } from '@gosa/charts'
import { expect, it } from 'vitest'

const tokens = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

it.each(Object.keys(palettes.light) as (keyof typeof palettes.light)[])(
  'tokens.css has the colour %s of the shared palette, light and dark',
  (name) => {
    const property = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    const { light, dark } = palettes
    expect(tokens).toContain(`--${property}: light-dark(${light[name]}, ${dark[name]});`)
  },
)
