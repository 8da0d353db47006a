/** `2.82e-12`, a figure to be compared by its size. */
export const figure = (value: number): string => (value === 0 ? '0' : value.toExponential(2))

/** `-0.0012346`, a value with five digits. */
export const fiveDigits = (value: number): string => String(Number(value.toPrecision(5)))

/** `(403, 12)`; nothing for a number that stands alone. */
export const indices = (index: readonly number[]): string =>
  index.length === 0 ? '' : `(${index.join(', ')})`
