import { setLanguage } from '@gosa/cli-kit'
import { textFaults } from '@gosa/cli-kit/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { inProcess } from '../command.testing.ts'
import { isOptionKey } from '../options/option-table.ts'
import { commandTexts } from './commands.ts'
import { errorTexts } from './errors.ts'
import { helpTexts } from './help.ts'
import { labelTexts } from './labels.ts'
import { optionTexts } from './options.ts'
import { reportTexts } from './report.ts'
import { runTexts } from './run.ts'

afterEach(() => setLanguage('en'))

const sources = [new URL('../', import.meta.url)]

describe.each(
  Object.entries({ commandTexts, errorTexts, helpTexts, labelTexts, optionTexts, reportTexts, runTexts }),
)('%s', (_name, table) => {
  it('are in both languages, complete and used', () => {
    expect(textFaults(table, sources)).toEqual([])
  })
})

describe('--lang ja', () => {
  it('has help for every option that there is, and for no other', () => {
    expect(Object.keys(optionTexts.ja.help).filter((key) => !isOptionKey(key))).toEqual([])
  })

  it.each([[[]], [['train']], [['evaluate']], [['predict']], [['export']], [['import']]])(
    'leaves no English in the help of %j',
    async (command) => {
      const { code, stdout } = await inProcess('.', [...command, '--help', '--lang', 'ja'])
      expect(code).toBe(0)
      const english = stdout.split('\n').filter((line) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(line))
      expect(english).toEqual([])
    },
  )

  it('names what is wrong in Japanese', async () => {
    const { code, stderr } = await inProcess('.', ['--hidden', 'x', '--lang=ja'])
    expect([code, stderr]).toEqual([
      2,
      'gosa-trainer: オプション --hidden <n> に「x」は指定できません。1以上の整数を指定してください（gosa-trainer --help を参照）\n',
    ])
  })
})
