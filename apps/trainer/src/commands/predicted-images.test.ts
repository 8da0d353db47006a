import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { drawImage, probabilityBars } from './predicted-images.ts'

describe('drawImage', () => {
  const image = tensor([0, 0.5, 1, 0, 0, 0])

  it('draws two characters per pixel, without trailing blanks', () => {
    expect(drawImage(image, { height: 2, width: 3 }, 80)).toEqual(['  ++@@', ''])
  })

  it('draws one character per pixel in a narrow terminal, and nothing in a narrower one', () => {
    expect(drawImage(image, { height: 2, width: 3 }, 4)).toEqual([' +@', ''])
    expect(drawImage(image, { height: 2, width: 3 }, 2)).toEqual([])
  })
})

describe('probabilityBars', () => {
  it('draws bars as long as the terminal allows, the largest in bold', () => {
    const colors = { bold: (text: string) => `<${text}>` } as never
    expect(probabilityBars([0.25, 0.75, 0], { columns: 14, colors })).toEqual([
      '0  0.2500 █',
      '<1  0.7500 ███>',
      '2  0.0000',
    ])
    expect(probabilityBars([1], { columns: 5, colors })).toEqual(['<0  1.0000>'])
  })
})
