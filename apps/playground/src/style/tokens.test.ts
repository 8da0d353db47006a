import { readFileSync } from 'node:fs'
import { customProperties, palettes } from '@gosa/charts'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** The custom properties of a theme, as `--name: #rrggbb`. */
const tokens = (theme: 'light' | 'dark') =>
  [...css.matchAll(/(--[\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(
    ([, name, light, dark]) => `${name}: ${theme === 'light' ? light : dark}`,
  )

describe('tokens.css', () => {
  it.each(['light', 'dark'] as const)('has the colours of the shared palette: %s', (theme) => {
    const shared = customProperties(palettes[theme])
      .split(';')
      .map((property) => property.trim())
    for (const property of shared.filter(Boolean)) expect(tokens(theme)).toContain(property)
  })
})
