/** A place in a picture, of which tenths are enough. */
export const tenths = (value: number): string => String(Number(value.toFixed(1)))
