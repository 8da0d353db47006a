/** What `forward` kept, or an `Error` with the given message where there was no `forward` yet. */
export function kept<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message)
  return value
}
