// Draws synthetic digits, black on white, two rows per digit: node tools/contact-sheet.mjs [FILE] [SEED]
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rawSyntheticDigits } from '../dist/index.js'
import { png } from './png.mjs'

const [file = fileURLToPath(new URL('../docs/digits.png', import.meta.url)), seed = '1'] =
  process.argv.slice(2)
const [SIDE, COLUMNS, ROWS] = [28, 24, 2]
const { pixels, t, count } = rawSyntheticDigits({ count: 2000, seed: Number(seed) })
const [width, height] = [COLUMNS * SIDE, 10 * ROWS * SIDE]
const sheet = new Uint8Array(width * height).fill(255)
const placed = new Array(10).fill(0)
for (let n = 0; n < count; n++) {
  const place = placed[t[n]]++
  if (place >= COLUMNS * ROWS) continue
  const [top, left] = [(t[n] * ROWS + Math.floor(place / COLUMNS)) * SIDE, (place % COLUMNS) * SIDE]
  for (let i = 0; i < SIDE * SIDE; i++) {
    sheet[(top + Math.floor(i / SIDE)) * width + left + (i % SIDE)] = 255 - pixels[n * SIDE * SIDE + i]
  }
}
writeFileSync(file, png(sheet, width, height))
console.log(`${file}: ${COLUMNS * ROWS} of each digit, seed ${seed}`)
