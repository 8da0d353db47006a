// Plots spiral, moons, circles and xor side by side: node tools/plot-points.mjs [FILE]
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { circles, moons, spiral, xor } from '../dist/index.js'

const [file = fileURLToPath(new URL('../docs/points.svg', import.meta.url))] = process.argv.slice(2)
const SIZE = 180
const COLOURS = ['#0072b2', '#d55e00', '#009e73']
const sets = {
  spiral: spiral({ seed: 1 }),
  moons: moons({ seed: 1 }),
  circles: circles({ seed: 1 }),
  xor: xor({ seed: 1 }),
}

const plots = Object.entries(sets).map(([name, { x, t }], place) => {
  const { data } = x
  const [xs, ys] = [0, 1].map((axis) => data.filter((_, i) => i % 2 === axis))
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const scale = (SIZE - 30) / Math.max(right - left, high - low)
  const dots = Array.from(t, (label, i) => {
    const x = place * SIZE + SIZE / 2 + scale * (xs[i] - (left + right) / 2)
    const y = SIZE / 2 + 20 - scale * (ys[i] - (low + high) / 2)
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.2" fill="${COLOURS[label]}"/>`
  })
  return `<text x="${place * SIZE + SIZE / 2}" y="14">${name}</text>\n${dots.join('\n')}`
})
const [width, height] = [SIZE * plots.length, SIZE + 24]
writeFileSync(
  file,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="sans-serif" font-size="13" text-anchor="middle">\n<title>spiral, moons, circles and xor</title>\n<rect width="100%" height="100%" fill="#fff"/>\n` +
    `${plots.join('\n')}\n</svg>\n`,
)
console.log(file)
