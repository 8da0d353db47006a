/*
 * The language of a command's texts, and tables of texts in every language, in which a missing translation is a type error.
 */

/** The languages of the commands. */
export const LANGUAGES = ['en', 'ja'] as const

export type Language = (typeof LANGUAGES)[number]

/** The type of a translation of `T`: a string for each string, a function of the same parameters for each function. */
export type Table<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Table<T[Key]>
}

/** A table of texts: called, it returns the texts in the language of the process. */
export interface Texts<T> {
  (): Table<T>
  readonly en: Table<T>
  readonly ja: Table<T>
}

let current: Language = 'en'

/** The language of the process; English until `setLanguage` is called. */
export const language = (): Language => current

/** Sets the language of the process: once, before the command line is parsed. */
export function setLanguage(language: Language): void {
  current = language
}

/**
 * A table of texts and its translation; a missing text, or one more, is a type error. Texts with values in them are functions:
 *
 *     const texts = translated({ saved: (file: string) => `saved in ${file}` }, { saved: (file) => `保存先：${file}` })
 *     texts().saved('model')
 *
 * Take a text when it is needed, not when a module is loaded: the language is not known before.
 */
export const translated = <const T>(en: T, ja: Table<T>): Texts<T> =>
  Object.assign(() => (current === 'ja' ? ja : (en as Table<T>)), { en: en as Table<T>, ja })
