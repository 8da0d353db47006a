import type { Language } from '../text/language.ts'

/** How numbers are written in a language. */
export interface Numbers {
  /** 12,345 */
  count(n: number): string
  /** 97.1 % */
  share(p: number): string
  /** 97 % */
  wholeShare(p: number): string
  /** Three digits that say something: 0.0712 */
  short(x: number): string
}

export function numbersIn(language: Language): Numbers {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  const wholePercent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const digits = new Intl.NumberFormat(language, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
  return {
    count: (n) => whole.format(n),
    share: (p) => percent.format(p),
    wholeShare: (p) => wholePercent.format(p),
    short: (x) => digits.format(x),
  }
}
