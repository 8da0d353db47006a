import { textWidth } from '@gosa/charts/text'
import { type Command, Option } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProgram } from '../program.ts'
import { commanderMessage } from './commander-message.ts'
import { setLanguage } from './translated.ts'

beforeEach(() => setLanguage('ja'))
afterEach(() => setLanguage('en'))

const program = () => {
  const program = createProgram({
    name: 'gosa-test',
    version: '1.2.3',
    description:
      'テストのためのコマンドです。長い説明は、端末の幅に合わせて（「かぎ括弧」や句読点も正しく）折り返されます。',
    examples: [['gosa-test', '何もしない']],
  })
  program
    .command('sub')
    .argument('<file>')
    .addOption(new Option('--format <name>', 'ファイルの形式').choices(['json', 'npz']).default('json'))
    .action(() => {})
  return program
}

function helpOf(command: Command, columns: number): string {
  let help = ''
  command
    .configureOutput({ writeOut: (text) => void (help += text), getOutHelpWidth: () => columns })
    .outputHelp()
  return help
}

describe('Japanese help', () => {
  it('translates titles, choices and defaults', () => {
    const { commands } = program()
    const help = helpOf(commands[0], 100)
    expect(help).toContain('使い方：')
    expect(help).toContain('ファイルの形式（選択肢："json", "npz", デフォルト："json"）')
    expect(help).not.toMatch(/choices|default|Usage|Options/)
  })

  it.each([40, 60, 80])(
    'is at most %i columns wide, and no line begins with closing punctuation',
    (columns) => {
      for (const command of [program(), program().commands[0]]) {
        const lines = helpOf(command, columns).split('\n')
        expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns)
        for (const line of lines) expect(line.trim()).not.toMatch(/^[、。）」：]|[（「]$/u)
      }
    },
  )
})

describe('commanderMessage', () => {
  /** The message of a wrong command line. */
  function messageFor(...argv: string[]): string {
    try {
      program().exitOverride().parse(argv, { from: 'user' })
    } catch (error) {
      return commanderMessage((error as Error).message)
    }
    return ''
  }

  it('translates what commander says of a wrong command line', () => {
    expect(messageFor('--sed')).toBe('--sed というオプションはありません。--seed のことですか？')
    expect(messageFor('--seed', "it's")).toBe(
      "オプション --seed <n> に「it's」は指定できません。0以上の整数を指定してください。",
    )
    expect(messageFor('--lang', 'fr')).toContain(
      '「fr」は指定できません。en, ja のいずれかを指定してください。',
    )
    expect(messageFor('--seed')).toBe('オプション --seed <n> の値がありません')
    expect(messageFor('sub')).toBe('引数 file が必要です')
    expect(messageFor('sub', 'a', 'b')).toBe('引数が多すぎます。1個までですが、2個あります')
    expect(messageFor('sup')).toBe('sup というコマンドはありません。sub のことですか？')
  })

  it('says in English what commander says', () => {
    setLanguage('en')
    expect(messageFor('--sed')).toBe("unknown option '--sed' (Did you mean --seed?)")
    expect(messageFor('sub')).toBe("missing required argument 'file'")
    expect(commanderMessage('something new')).toBe('something new')
  })
})
