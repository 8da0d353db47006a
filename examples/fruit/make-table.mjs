import { createRng } from '@gosa/linalg'

const KINDS = [
  { kind: 'apple', weight: 170, diameter: 75, colours: ['red', 'green'] },
  { kind: 'lemon', weight: 110, diameter: 58, colours: ['yellow', 'green'] },
  { kind: 'orange', weight: 200, diameter: 73, colours: ['orange'] },
]
const rng = createRng(1)
console.log('weight,diameter,colour,kind')
for (let i = 0; i < 300; i++) {
  const { kind, weight, diameter, colours } = KINDS[i % 3]
  const size = 1 + 0.08 * rng.normal()
  const colour = colours[rng.integer(colours.length)]
  console.log(`${(weight * size ** 3).toFixed(1)},${(diameter * size).toFixed(1)},${colour},${kind}`)
}
