/** What the page remembers of a reader between two visits. */
export interface Memory {
  /** What was kept under a name, if it can be read and `fits`; else undefined. */
  recall<T>(name: string, fits: (value: unknown) => value is T): T | undefined
  /** Keeps a value; where nothing can be kept, it is forgotten with the page. */
  keep(name: string, value: unknown): void
}

const PREFIX = 'gosa.playground.'

/** In the browser's storage, which may be missing, full, forbidden, or hold what another version wrote. */
export function memoryIn(storage: () => Pick<Storage, 'getItem' | 'setItem'>): Memory {
  return {
    recall(name, fits) {
      try {
        const value: unknown = JSON.parse(storage().getItem(PREFIX + name) ?? 'null')
        return fits(value) ? value : undefined
      } catch {
        return undefined
      }
    },
    keep(name, value) {
      try {
        storage().setItem(PREFIX + name, JSON.stringify(value))
      } catch {}
    },
  }
}
