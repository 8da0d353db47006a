/** Formatters of numbers in the reader's language. */
import type { Language } from '../i18n/language.ts'

export interface NumberFormats {
  /** 12,345 */
  count(n: number): string
  /** 97.1 % */
  percent(p: number): string
  /** 97 % */
  wholePercent(p: number): string
  /** Three significant digits: 0.0712 */
  short(x: number): string
}

export function numberFormats(language: Language): NumberFormats {
  const formatter = (options: Intl.NumberFormatOptions) => {
    const { format } = new Intl.NumberFormat(language, options)
    return (value: number) => format(value)
  }
  return {
    count: formatter({ maximumFractionDigits: 0 }),
    percent: formatter({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    wholePercent: formatter({ style: 'percent', maximumFractionDigits: 0 }),
    short: formatter({ minimumSignificantDigits: 3, maximumSignificantDigits: 3 }),
  }
}
