// npm run plots: draws the plots of chapters 6 and 7 into docs/plots/; npm run plots -- valley pooling draws some of them.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pictures, plots } from './plots.ts'

const names = process.argv.slice(2)
const known = { ...pictures, ...plots }
const unknown = names.filter((name) => !(name in known))
if (unknown.length > 0) {
  console.error(`no plot ${unknown.join(', ')}; there are ${Object.keys(known).join(', ')}`)
  process.exit(2)
}
// Without MNIST only what needs no data.
const selected = names.length > 0 ? names : Object.keys(process.env.GOSA_DATA_DIR ? known : pictures)
if (names.length === 0 && !process.env.GOSA_DATA_DIR) {
  console.log('without MNIST (GOSA_DATA_DIR) only the pictures that need no data are drawn')
}
for (const name of selected) {
  const { svg, figures = {} } = await known[name]()
  const file = new URL(`../../docs/plots/${name}.svg`, import.meta.url)
  writeFileSync(file, svg)
  console.log(fileURLToPath(file))
  for (const [what, value] of Object.entries(figures)) console.log(`  ${what}: ${value}`)
}
