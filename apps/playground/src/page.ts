import type { Memory } from './memory.ts'
import type { Language, Translated } from './text/language.ts'

/** What the shell gives a page. */
export interface Context {
  /** The language to speak. When the reader changes it, the page is mounted anew. */
  readonly language: Language
  /** The state in the page's address: `#id?name=value&…`. */
  readonly params: Readonly<Record<string, string>>
  /** Writes the state into the address, in place of all that stood there; the page stays mounted, with no new step in the history. */
  setParams(params: Readonly<Record<string, string | undefined>>): void
  /** Goes to a page, as a link to it would. */
  go(page: string, params?: Readonly<Record<string, string | undefined>>): void
  readonly memory: Memory
}

/** A page that was loaded. */
export interface Page {
  /**
   * Builds the page inside `root`, which is empty, from the address and what is remembered. Answers what takes it down:
   * stops timers, frames and workers of its own. `root` is emptied by the shell.
   *
   * Mounted anew when the address is changed from outside (a link, the history, typed) or the language is.
   */
  mount(root: HTMLElement, context: Context): () => void
  /**
   * Starts what is no module and is loaded when it is started, such as a worker. Called once the first page stands, so that
   * all pages work without a network from then on.
   */
  prepare?(): unknown
}

/** A page as the shell knows it before it is loaded: each is a chunk of its own. */
export interface PageEntry {
  /** Its word in the address. */
  readonly id: string
  /** Its name in the navigation. */
  readonly title: Translated<string>
  load(): Promise<Page>
}
