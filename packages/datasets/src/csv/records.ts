import { DataError, type DataPlace } from '../data-error.ts'

/** A field of a CSV file and where it stands, line and character counted from 1. */
export interface Field {
  readonly text: string
  readonly line: number
  readonly column: number
}

/**
 * The records of a CSV file, empty lines left out. A field in double quotes may hold delimiters, line breaks, and quotes
 * written twice. Throws a `DataError` where a quote is not closed, or text follows it.
 *
 * Source: RFC 4180.
 */
export function records(text: string, delimiter: string, { file }: DataPlace): Field[][] {
  const all: Field[][] = []
  let record: Field[] = []
  let [at, line, lineStart] = [text.startsWith('\ufeff') ? 1 : 0, 1, 0]
  const wrong = (offset: number, message: string) =>
    new DataError('format', message, { file, line, column: offset - lineStart + 1 })
  const endRecord = () => {
    if (record.length > 1 || record[0].text !== '') all.push(record)
    record = []
  }
  while (at < text.length || record.length > 0) {
    const place = { line, column: at - lineStart + 1 }
    if (text[at] === '"') {
      const start = at
      let value = ''
      for (at++; ; at++) {
        const end = text.indexOf('"', at)
        if (end < 0) throw wrong(start, 'a quote is opened here and never closed')
        value += text.slice(at, end)
        at = end + 1
        if (text[at] !== '"') break
        value += '"'
      }
      record.push({ text: value, ...place })
      const inside = text.slice(start, at)
      for (let i = inside.indexOf('\n'); i >= 0; i = inside.indexOf('\n', i + 1)) {
        line++
        lineStart = start + i + 1
      }
    } else {
      const start = at
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
      record.push({ text: text.slice(start, at).trim(), ...place })
    }
    if (text[at] === delimiter) at++
    else if (at >= text.length || text[at] === '\n' || text[at] === '\r') {
      endRecord()
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
      line++
      lineStart = at
    } else throw wrong(at, `${JSON.stringify(text[at])} follows a closed quote, where a delimiter must stand`)
  }
  return all
}
