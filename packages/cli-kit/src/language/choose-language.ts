import type { Environment } from '../colors.ts'
import { LANGUAGES, type Language } from './translated.ts'

/**
 * The language of a command: that of `--lang`, else that of the environment. Of `LC_ALL`, `LC_MESSAGES` and `LANG` the first
 * that is not empty decides, as POSIX has it. English for other languages, and for encodings other than UTF-8, in which nothing
 * is written.
 */
export function chooseLanguage(argv: readonly string[], env: Environment): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  const [, name, encoding = 'utf-8'] = /^([a-z]+)(?:_\w+)?(?:\.([\w-]+))?(?:@.*)?$/i.exec(locale) ?? []
  const ofEnvironment = /^utf-?8$/i.test(encoding) ? name : undefined
  return find(ofArguments(argv)) ?? find(ofEnvironment) ?? 'en'
}

const find = (name: string | undefined): Language | undefined =>
  LANGUAGES.find((language) => language === name?.toLowerCase())

/** The value of the last `--lang ja` or `--lang=ja` before `--`. */
function ofArguments(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--')
  const options = end < 0 ? argv : argv.slice(0, end)
  return options
    .flatMap((word, i) => (word === '--lang' ? options[i + 1] : /^--lang=(.*)$/s.exec(word)?.[1]) ?? [])
    .at(-1)
}
