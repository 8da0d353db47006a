import { expect, test, vi } from 'vitest'

test('the shopping bill prints the price and its derivative with respect to each input', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await import('./shopping-bill.ts')
  const printed = log.mock.calls.map((words) => words.join(' ')).join('\n')
  log.mockRestore()

  expect(printed).toBe(`\
2 apples at 100 yen, tax factor 1.1
price         220
dApple        2.2
dAppleCount   110
dTax          200

2 apples at 100 yen, 3 oranges at 150 yen, tax factor 1.1
price         715
dApple        2.2
dAppleCount   110
dOrange       3.3
dOrangeCount  165
dTax          650`)
})
