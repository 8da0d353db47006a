/** `2.82e-12`, `0.147`, `2`: three digits, of what lies near 1 in plain figures. */
export function figure(value: number): string {
  const plain = value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e3)
  return plain ? String(Number(value.toPrecision(3))) : value.toExponential(2)
}

/** `-0.0012346`, a value with five digits. */
export const fiveDigits = (value: number): string => String(Number(value.toPrecision(5)))

/** `(403, 12)`; nothing for a number that stands alone. */
export const indices = (index: readonly number[]): string =>
  index.length === 0 ? '' : `(${index.join(', ')})`

/** `39,760`, without `toLocaleString`, for which Node takes 20 ms to load all languages. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')
