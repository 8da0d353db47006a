import type { PageEntry } from './page.ts'

/** The pages in the order of the navigation; the first is where one comes in. */
export const pages: readonly PageEntry[] = []
