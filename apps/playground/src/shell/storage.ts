/** What is stored of a reader between two visits: language, theme, settings, drawing. */
export interface PageStorage {
  /** The value stored under a name, if it can be read and is `valid`; else undefined. */
  read<T>(name: string, valid: (value: unknown) => value is T): T | undefined
  /** Stores a value, if the browser permits. */
  write(name: string, value: unknown): void
}

const PREFIX = 'gosa.playground.'

/** Uses the browser's storage, which may be missing, full or forbidden, or hold what another version wrote. */
export function createPageStorage(storage: () => Pick<Storage, 'getItem' | 'setItem'>): PageStorage {
  return {
    read(name, valid) {
      try {
        const value: unknown = JSON.parse(storage().getItem(PREFIX + name) ?? 'null')
        return valid(value) ? value : undefined
      } catch {
        return undefined
      }
    },
    write(name, value) {
      try {
        storage().setItem(PREFIX + name, JSON.stringify(value))
      } catch {}
    },
  }
}
