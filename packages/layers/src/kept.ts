/** What `forward` kept, or an `Error` where there was no `forward` (or `backward`) yet. */
export function kept<T>(value: T | undefined, layer: string, asked = 'backward called before forward'): T {
  if (value === undefined) throw new Error(`${layer}: ${asked}`)
  return value
}
