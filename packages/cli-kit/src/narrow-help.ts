import { Help, type HelpConfiguration } from 'commander'

/** How many characters a description needs beside its option; with less it goes below. */
const BESIDE = 30

/** What each description is indented by where it stands below. */
const INDENT = 6

const usual = new Help()

/** Help that fits narrow terminals: where there is too little room beside an option, what it means stands below, wrapped. */
export const narrowHelp: HelpConfiguration = {
  minWidthToWrap: 10,
  formatItem(this: Help, term, termWidth, description, helper) {
    const columns = this.helpWidth ?? 80
    if (!description || columns - termWidth - 4 >= BESIDE)
      return usual.formatItem.call(this, term, termWidth, description, helper)
    const indent = ' '.repeat(INDENT)
    const below = helper.boxWrap(description, columns - INDENT).replaceAll('\n', `\n${indent}`)
    return `  ${term}\n${indent}${below}`
  },
}
