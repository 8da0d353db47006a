/** A share as the book prints accuracies, but to four places: `0.9712`. */
export const accuracy = (share: number): string => share.toFixed(4)

/** A loss to four places, very small and very large ones in powers of ten. */
export const loss = (value: number): string =>
  value === 0 || (value >= 1e-3 && value < 1e5) ? value.toFixed(4) : value.toExponential(2)

/** A whole number with its thousands set apart: `312,000`. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US')

/** A time for people: `0.4 s`, `12 s`, `3 min 20 s`, `1 h 05 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}

/** A number of epochs: whole, or to one place. */
export const epochs = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1))
