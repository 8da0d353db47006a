import { texts } from './texts.ts'

/** What commander's messages say, and the same in the language of the process. */
const MESSAGES: readonly (readonly [pattern: RegExp, translate: (...parts: string[]) => string])[] = [
  [
    /^option '(.+?)' argument '(.*)' is invalid\. (.*)$/s,
    (option, value, expected) => texts().wrong.value(option, value, translateChoices(expected)),
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.+?)'\. (.*)$/s,
    (value, name, expected) => texts().wrong.argument(name, value, translateChoices(expected)),
  ],
  [/^unknown option '(.*)'$/s, (option) => texts().wrong.unknownOption(option)],
  [/^unknown command '(.*)'$/s, (command) => texts().wrong.unknownCommand(command)],
  [/^option '(.+)' argument missing$/, (option) => texts().wrong.missingValue(option)],
  [/^required option '(.+)' not specified$/, (option) => texts().wrong.missingOption(option)],
  [/^missing required argument '(.+)'$/, (name) => texts().wrong.missingArgument(name)],
  [
    /^option '(.+)' cannot be used with option '(.+)'$/,
    (option, other) => texts().wrong.conflict(option, other),
  ],
  [
    /^too many arguments.*\. Expected (\d+) arguments? but got (\d+)\.$/,
    (expected, got) => texts().wrong.tooManyArguments(expected, got),
  ],
]

/**
 * The message of a `CommanderError` in the language of the process, without the prefix `error: `. A message that is not known
 * stays as it is.
 */
export function commanderMessage(message: string): string {
  const [, whole = message, names] = /^(.*)\n\(Did you mean (?:one of )?(.*)\?\)$/s.exec(message) ?? []
  const translated = translate(whole.replace(/^error: /, ''))
  return names ? texts().wrong.didYouMean(translated, names) : translated
}

function translate(message: string): string {
  for (const [pattern, translate] of MESSAGES) {
    const parts = pattern.exec(message)
    if (parts) return translate(...parts.slice(1))
  }
  return message
}

/** `Allowed choices are a, b.` of an option with choices; other texts are ours, and translated already. */
const translateChoices = (expected: string): string =>
  expected.replace(/^Allowed choices are (.*)\.$/s, (_, names) => texts().wrong.choices(names))
