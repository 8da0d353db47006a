import { type Command, InvalidArgumentError, Option } from 'commander'
import * as v from 'valibot'
import { optionTexts } from '../texts/options.ts'
import { flagOf, GROUPS, helpOf, type OptionKey, optionEntries, type TableEntry } from './option-table.ts'
import { expectation } from './validate.ts'
import { list, type ValueKind } from './value-kinds.ts'

/** The flags of `train`, made from the table of options. */

/** Adds the options of `train` under their headings. `--seed` is there already, an option of all commands. */
export function addTrainOptions(command: Command): Command {
  for (const group of GROUPS) {
    command.optionsGroup(optionTexts().groups[group])
    for (const [key, entry] of optionEntries()) {
      if (entry.group !== group) continue
      command.addOption(createOption(key, entry))
      if (entry.negatedHelp) {
        command.addOption(new Option(`--no-${flagOf(key).slice(2)}`, entry.negatedHelp()))
      }
    }
  }
  return command
}

function createOption(key: OptionKey, entry: TableEntry): Option {
  const { kind, value, conflicts, defaultText } = entry
  const option = new Option([flagOf(key), value].filter(Boolean).join(' '), helpOf(key))
  if (kind.isChoice) option.choices(kind.names ?? [])
  if (value) {
    option.argParser((text: string, before: unknown) => {
      const parsed = parseFlag(kind, text)
      // A list grows each time its flag is given.
      return kind === list && Array.isArray(before) ? before.concat(parsed) : parsed
    })
  }
  if (entry.default !== undefined) option.default(entry.default, defaultText?.())
  if (conflicts) option.conflicts(conflicts)
  return option
}

/** The value of a flag. Throws an `InvalidArgumentError` that says what fits. */
export function parseFlag<T>(kind: ValueKind<T>, text: string): T {
  const value = kind.parse(text)
  if (v.is(kind.schema, value)) return value
  throw new InvalidArgumentError(optionTexts().expected.must(expectation(kind, text)))
}
