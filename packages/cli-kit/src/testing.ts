import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Texts } from './language/translated.ts'

/*
 * What a test demands of a table of texts: every text in both languages, with all of its values in it, and used by the sources.
 */

interface Text {
  /** `.run.saved` */
  readonly path: string
  readonly text: string
  /** Markers that the text was made with. */
  readonly given: readonly string[]
}

/** All texts of a table; functions are called with markers that can be found in their result. */
function textsOf(table: unknown, path = ''): Text[] {
  if (typeof table === 'string') return [{ path, text: table, given: [] }]
  if (typeof table === 'function') {
    const given = Array.from({ length: table.length }, (_, i) => `⟨${i}⟩`)
    return [{ path, text: String(table(...given)), given }]
  }
  return Object.entries(table as object).flatMap(([name, part]) => textsOf(part, `${path}.${name}`))
}

/** What is wrong with a table of texts, a line each; nothing if all is well. `sources` are the folders of the code that uses it. */
export function textFaults({ en, ja }: Pick<Texts<unknown>, 'en' | 'ja'>, sources: readonly URL[]): string[] {
  const [english, japanese] = [textsOf(en), textsOf(ja)]
  const paths = (texts: readonly Text[]) => texts.map(({ path }) => path)
  const missing = (from: readonly Text[], to: readonly Text[], where: string) =>
    paths(from)
      .filter((path) => !paths(to).includes(path))
      .map((path) => `${path} is missing in ${where}`)
  const code = sources.flatMap(readSources).join('\n')
  return [
    ...missing(english, japanese, 'Japanese'),
    ...missing(japanese, english, 'English'),
    ...[...english, ...japanese].flatMap(({ path, text, given }) => [
      ...(text.trim() === '' ? [`${path} is empty`] : []),
      ...given
        .filter((marker) => !text.includes(marker))
        .map((marker) => `${path} does not contain ${marker}`),
    ]),
    ...japanese
      .filter(({ text }) => /[a-z]{4}/i.test(text.replace(/--[\w-]+/g, '')) && !/[\u3041-\u9fff]/.test(text))
      .map(({ path }) => `${path} is not in Japanese`),
    ...english
      .filter(({ text }) => /[\u3041-\u9fff]/.test(text))
      .map(({ path }) => `${path} is not in English`),
    ...english.filter(({ path }) => !isUsed(path, code)).map(({ path }) => `${path} is not used`),
  ]
}

/** Whether code reads a text: by its name, `.saved` or `{ saved }`, or by a key of the table that it is in, `help[key]`. */
function isUsed(path: string, code: string): boolean {
  const [name, parent] = path.split('.').reverse()
  const isTaken = new RegExp(`\\.${name}\\b|\\{[^{}:;]*\\b${name}\\b[^{}:;]*\\} = |'${name}'`).test(code)
  return isTaken || (parent !== '' && new RegExp(`\\b${parent}\\[`).test(code))
}

/** The sources in a folder, without tests and tables of texts. */
function readSources(folder: URL): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.ts') && !/(^|\.)(test|testing)\.ts$|texts\.ts$|(^|[\\/])texts[\\/]/.test(file),
    )
    .map((file) => readFileSync(new URL(join('.', file).replaceAll('\\', '/'), folder), 'utf8'))
}
