import { printable } from './printable.ts'

/*
 * Words of command lines that people copy into a shell.
 */

/** Words in which no shell replaces anything. zsh replaces `=name` by the path of a command. */
const PLAIN = /^[\w./:@%+,-][\w./:@%+=,-]*$/

/** PowerShell takes a comma for a list, and `@name` for its elements. */
const PLAIN_ON_WINDOWS = /^[\w./\\:+-][\w./\\:+=-]*$/

/** What PowerShell or cmd replaces in double quotes, PowerShell's other double quotes included. */
const REPLACED_ON_WINDOWS = /["$`%!\u201c-\u201e]/

/**
 * A text as one word of a command line, which a shell takes as it is, whatever stands in it: `run`, `'a run'`, `'$(x)'`.
 *
 * POSIX shells: in single quotes; if it has control characters, which a terminal would obey, as `$'\012'` (POSIX 2024; bash,
 * zsh, ksh). Windows: in double quotes, which PowerShell and cmd both know, or if one of them would replace something in them,
 * in PowerShell's single quotes.
 */
export function shellWord(word: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return windowsWord(word)
  if (PLAIN.test(word)) return word
  return printable(word) === word ? `'${word.replaceAll("'", "'\\''")}'` : `$'${octalEscaped(word)}'`
}

/** A text for `$'…'`, in which control characters and what has a meaning there are bytes in octal. */
const octalEscaped = (word: string): string =>
  Array.from(word, (character) =>
    printable(character) === character && !/['\\!]/.test(character)
      ? character
      : [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  ).join('')

function windowsWord(word: string): string {
  if (PLAIN_ON_WINDOWS.test(word)) return word
  return REPLACED_ON_WINDOWS.test(word) ? `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'` : `"${word}"`
}
