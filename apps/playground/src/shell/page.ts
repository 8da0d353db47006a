/** The contract between the shell and a page. */
import type { Language, Translated } from '../i18n/language.ts'
import type { PageStorage } from './storage.ts'

/** What the shell gives a page. */
export interface Context {
  /** The language of the reader. When the reader changes it, the page is mounted again. */
  readonly language: Language
  /** The state in the page's address: `#id?name=value&…`. */
  readonly params: Readonly<Record<string, string>>
  /** Replaces the state in the address. The page stays mounted, and the history gets no new entry. */
  setParams(params: Readonly<Record<string, string | undefined>>): void
  readonly storage: PageStorage
}

/** A page that was loaded. */
export interface Page {
  /**
   * Builds the page inside the empty element `root` from the address and the stored state. Returns a function that
   * unmounts it: stops its timers, frames and workers. The shell empties `root`.
   *
   * Called again when the address changes from outside (a link, the history, typed) or the language does.
   */
  mount(root: HTMLElement, context: Context): () => void
  /**
   * Starts what is not a module, such as a worker, ahead of time. Called once the first page is shown, so that from then
   * on all pages work offline.
   */
  prepare?(): unknown
}

/** A page before it is loaded. */
export interface PageEntry {
  /** Its name in the address. */
  readonly id: string
  /** Its name in the navigation. */
  readonly title: Translated<string>
  load(): Promise<Page>
}
