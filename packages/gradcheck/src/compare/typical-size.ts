/** The root of the mean square of the numbers, scaled so that it neither overflows nor underflows; 0 of none. */
export function typicalSize(numbers: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]) || 0)
  if (largest === 0 || largest === Infinity) return 0
  let total = 0
  for (let i = 0; i < numbers.length; i++) total += ((numbers[i] || 0) / largest) ** 2
  return largest * Math.sqrt(total / numbers.length)
}
