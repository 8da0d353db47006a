/*
 * Texts from files, folders and modules on a terminal: without characters that it would obey instead of showing.
 */

/**
 * Control characters (C0, DEL, C1), line separators, and those that change the direction of text: a terminal obeys them, so
 * that a file's name could clear the screen, forge a line, or look like another name.
 */
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A text on one line, in which control characters are written as in a string of JavaScript: `\n`, `\x1b`, `\u202e`. */
export const printable = (text: string): string =>
  text.replace(CONTROL, (character) => SHORT[character] ?? escapeCode(character.charCodeAt(0)))

const escapeCode = (code: number): string =>
  code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`

/** JSON in which the control characters that JSON allows are escaped too. */
export const printableJson = (json: string): string =>
  json.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The codes of `Colors`: a style begins, and ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are control characters
const STYLE = /(\x1b\[(?:[12]|3[1236])m)|\x1b\[(?:22|39)m/g

/** A line as `printable`, but for the styles of `Colors`, if each that begins ends. */
export function printableLine(line: string): string {
  const styles = [...line.matchAll(STYLE)]
  const begun = styles.filter(([, begins]) => begins).length
  if (2 * begun !== styles.length) return printable(line)
  let [escaped, end] = ['', 0]
  for (const { 0: style, index } of styles) {
    escaped += printable(line.slice(end, index)) + style
    end = index + style.length
  }
  return escaped + printable(line.slice(end))
}
