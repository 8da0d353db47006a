/** The languages of the page. */
export const LANGUAGES = ['en', 'ja'] as const

export type Language = (typeof LANGUAGES)[number]

/** Something in every language. */
export type Translated<T> = Readonly<Record<Language, T>>

/** The shape of a table of texts: texts stay texts, and texts with something in them stay functions of the same. */
export type Table<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Table<T[Key]>
}

/** A table of texts and its translation: one that is missing, or one too many, is a type error. */
export const translated = <const T>(en: T, ja: Table<T>): Translated<Table<T>> => ({ en: en as Table<T>, ja })

/** Whether a word names a language of the page. */
export const isLanguage = (word: unknown): word is Language => LANGUAGES.some((language) => language === word)

/** The first language of a reader's list that the page speaks; English where it speaks none of them. */
export function languageFor(preferred: readonly string[]): Language {
  const spoken = preferred.map((tag) => tag.toLowerCase().split('-')[0])
  return spoken.find(isLanguage) ?? 'en'
}
