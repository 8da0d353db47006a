import { describe, expect, it } from 'vitest'
import { channelsOf, customProperties, mixColors, palettes } from './palette.ts'

/** The contrast of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const [red, green, blue] = channelsOf(color).map((channel) => {
      const share = channel / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

describe('palettes', () => {
  it.each(['light', 'dark'] as const)('have text that can be read in %s', (theme) => {
    const { ink, inkSoft, forward, backward, good, surface, ground } = palettes[theme]
    for (const text of [ink, inkSoft, forward, backward, good]) {
      expect(contrast(text, surface)).toBeGreaterThan(4.5)
      expect(contrast(text, ground)).toBeGreaterThan(4.5)
    }
  })
})

describe('customProperties', () => {
  it('writes names in kebab case', () => {
    expect(customProperties(palettes.light)).toMatch(/^--ground: #f7f5f0; .*--ink-soft: #55606e; /)
  })
})

describe('mixColors', () => {
  it('interpolates between two colours', () => {
    expect([0, 0.5, 1].map((share) => mixColors('#000080', '#ff0280', share))).toEqual([
      ...['#000080', '#800180', '#ff0280'],
    ])
  })
})

describe('channelsOf', () => {
  it('reads red, green and blue', () => {
    expect(channelsOf('#3a80e4')).toEqual([58, 128, 228])
  })
})
