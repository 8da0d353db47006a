/** The languages of the page, and tables of texts in both, in which a missing translation is a type error. */

/** The languages of the page. */
export const LANGUAGES = ['en', 'ja'] as const

export type Language = (typeof LANGUAGES)[number]

/** A value in every language. */
export type Translated<T> = Readonly<Record<Language, T>>

/** The type of a translation of `T`: a string for each string, a function of the same parameters for each function. */
export type Table<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Table<T[Key]>
}

/** A table of texts and its translation: a missing text, or an additional one, is a type error. */
export const translated = <const T>(en: T, ja: Table<T>): Translated<Table<T>> => ({ en: en as Table<T>, ja })

/** Whether a value is a language of the page. */
export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.some((language) => language === value)

/** The first of a reader's preferred languages in which there are texts; English if there is none. */
export function languageFor(preferred: readonly string[]): Language {
  const languages = preferred.map((tag) => tag.toLowerCase().split('-')[0])
  return languages.find(isLanguage) ?? 'en'
}
