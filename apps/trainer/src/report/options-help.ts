import type { Command } from 'commander'

/** The options of a command, without --help, as they look in its own help, under a heading. */
export function optionsHelp(heading: string, command: Command): string {
  const help = command.createHelp()
  help.prepareContext({ helpWidth: process.stdout.columns || 80 })
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help')
  const width = help.longestOptionTermLength(command, help)
  const groups = help.groupItems(
    [...command.options],
    options,
    ({ helpGroupHeading = '' }) => helpGroupHeading,
  )
  const lines = [...groups].flatMap(([group, members]) => [
    ...(group ? ['', group] : []),
    ...members.map((option) =>
      help.formatItem(help.optionTerm(option), width, help.optionDescription(option), help),
    ),
  ])
  return ['', heading, ...lines].join('\n')
}
