import { textWidth } from '@gosa/charts/text'
import { Help, type HelpConfiguration, type Option } from 'commander'
import { texts } from './texts.ts'

/*
 * The layout of help: for narrow terminals, and for Japanese, whose letters are two columns wide and need no spaces to wrap.
 */

/** The least width of a description beside its option; in less it goes below the option. */
const MIN_DESCRIPTION_COLUMNS = 30

/** The indentation of a description below its option. */
const DESCRIPTION_INDENT = 6

const defaultHelp = new Help()

/** How commander formats help: titles and facts in the language of the process, wrapped to the width of the terminal. */
export const helpLayout: HelpConfiguration = {
  minWidthToWrap: 10,
  formatItem(this: Help, term, termWidth, description, helper) {
    const columns = this.helpWidth ?? 80
    if (!description || columns - termWidth - 4 >= MIN_DESCRIPTION_COLUMNS)
      return defaultHelp.formatItem.call(this, term, termWidth, description, helper)
    const indent = ' '.repeat(DESCRIPTION_INDENT)
    const wrapped = helper.boxWrap(description, columns - DESCRIPTION_INDENT)
    return `  ${term}\n${indent}${wrapped.replaceAll('\n', `\n${indent}`)}`
  },
  styleTitle: (title) => titles()[title] ?? title,
  optionDescription: describeOption,
  displayWidth: textWidth,
  boxWrap: (text, width) =>
    text
      .split('\n')
      .flatMap((line) => wrapLine(line, width))
      .join('\n'),
}

/** Commander's titles, and what they are called here. */
function titles(): Readonly<Record<string, string>> {
  const { help } = texts()
  return {
    'Usage:': help.usage,
    'Arguments:': help.arguments,
    'Options:': help.options,
    'Global Options:': help.globalOptions,
    'Commands:': help.commands,
  }
}

/** The help of an option, followed by its choices and its default. */
function describeOption({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
  ...option
}: Option): string {
  const { help } = texts()
  const facts: string[] = []
  if (argChoices) facts.push(help.choices(argChoices.map((choice) => JSON.stringify(choice)).join(', ')))
  if (defaultValue !== undefined && (option.required || option.optional)) {
    facts.push(help.defaultValue(defaultValueDescription ?? JSON.stringify(defaultValue)))
  }
  return facts.length === 0 ? description : help.withFacts(description, facts.join(', '))
}

/** Pieces between which a line may break: spaces, words, and wide letters, each with the closing punctuation after it. */
const PIECES =
  /\s+|(?:[\u3001-\u9fff\uff01-\uff60]|[^\s\u3001-\u9fff\uff01-\uff60]+)[、。，．：；？！）」』】〉》〕・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]*/gu

/** A line as several, each at most `width` columns wide unless a single word is wider. */
function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const piece of joinOpening(line.match(PIECES) ?? [])) {
    if (current !== '' && textWidth(current) + textWidth(piece.trimEnd()) > width) {
      lines.push(current.trimEnd())
      current = ''
    }
    if (current !== '' || piece.trim() !== '' || lines.length === 0) current += piece
  }
  return [...lines, current.trimEnd()]
}

/** The pieces, opening brackets joined with what follows them. */
const joinOpening = (pieces: readonly string[]): string[] =>
  pieces.reduce<string[]>((joined, piece) => {
    const last = joined.at(-1)
    if (last !== undefined && /[（「『【〈《〔]$/u.test(last)) joined[joined.length - 1] = last + piece
    else joined.push(piece)
    return joined
  }, [])
