/**
 * The shopping bill of Deep Learning from Scratch, sections 5.1 to 5.4, as a computational graph: the price, and its
 * derivative with respect to each input.
 *
 *     apple  100 ─┐
 *                 ├─ × ─┐
 *     count    2 ─┘     ├─ + ─┐
 *     orange 150 ─┐     │     ├─ × ── price
 *                 ├─ × ─┘     │
 *     count    3 ─┘           │
 *     tax    1.1 ─────────────┘
 */
import { AddLayer, MulLayer } from '@gosa/layers'

/** Prints a value rounded to 10 digits: 1.1 has no exact binary form, so the last digits are rounding errors. */
const show = (name: string, value: number) => console.log(name.padEnd(13), Number(value.toFixed(10)))

console.log('2 apples at 100 yen, tax factor 1.1')
{
  const apples = new MulLayer()
  const taxed = new MulLayer()

  const price = taxed.forward(apples.forward(100, 2), 1.1)

  const [dApples, dTax] = taxed.backward(1)
  const [dApple, dCount] = apples.backward(dApples)

  show('price', price)
  show('dApple', dApple)
  show('dAppleCount', dCount)
  show('dTax', dTax)
}

console.log('\n2 apples at 100 yen, 3 oranges at 150 yen, tax factor 1.1')
{
  const apples = new MulLayer()
  const oranges = new MulLayer()
  const fruit = new AddLayer()
  const taxed = new MulLayer()

  const price = taxed.forward(fruit.forward(apples.forward(100, 2), oranges.forward(150, 3)), 1.1)

  const [dFruit, dTax] = taxed.backward(1)
  const [dApples, dOranges] = fruit.backward(dFruit)
  const [dApple, dAppleCount] = apples.backward(dApples)
  const [dOrange, dOrangeCount] = oranges.backward(dOranges)

  show('price', price)
  show('dApple', dApple)
  show('dAppleCount', dAppleCount)
  show('dOrange', dOrange)
  show('dOrangeCount', dOrangeCount)
  show('dTax', dTax)
}
