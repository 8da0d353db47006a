import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { printable } from './printable.ts'
import { shellWord } from './shell-word.ts'

const WORDS = [
  'run',
  'a run',
  '',
  '-x',
  "a'b",
  "'",
  '"; touch x; "',
  '$(touch x)',
  '`touch x`',
  'a\ntouch x\n',
  'a\\nb',
  '\x1b]0;title\x07',
  "\x1b'\\!$(touch x)",
  '~root',
  '=ls',
  '{a,b}',
  '*',
  '!!',
  'a & touch x',
  '#',
  '日本語',
  'a\u202eb',
  '\u0085',
]

const SHELLS = ['/bin/bash', '/bin/zsh', '/bin/sh'].filter((shell) => existsSync(shell))

describe('shellWord', () => {
  it.runIf(SHELLS.length > 0)('is taken by a shell as it is, and runs nothing', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'gosa-shell-'))
    try {
      for (const shell of SHELLS) {
        // Debian's sh does not know the quotes of words with control characters.
        const words = shell === '/bin/sh' ? WORDS.filter((word) => printable(word) === word) : WORDS
        const line = `printf '%s\\0' ${words.map((word) => shellWord(word, 'linux')).join(' ')}`
        const printed = execFileSync(shell, ['-c', line], { cwd, encoding: 'utf8' })
        expect([shell, printed.split('\0').slice(0, -1)]).toEqual([shell, words])
      }
      expect(readdirSync(cwd)).toEqual([])
    } finally {
      rmSync(cwd, { recursive: true })
    }
  })

  it('is one line without control characters', () => {
    for (const word of WORDS) {
      for (const platform of ['linux', 'darwin'] as const) {
        const quoted = shellWord(word, platform)
        expect(printable(quoted)).toBe(quoted)
      }
    }
  })

  it('leaves plain words alone, and uses single quotes otherwise', () => {
    expect(
      ['gosa-runs/digits-1', '0.1', '784,50,10', 'a b', "a'b"].map((word) => shellWord(word, 'linux')),
    ).toEqual([...['gosa-runs/digits-1', '0.1', '784,50,10', "'a b'", "'a'\\''b'"]])
  })

  it('uses quotes that PowerShell and cmd know on Windows, or those of PowerShell', () => {
    const words = ['C:\\runs\\1', 'C:\\my runs', '784,50', '$(x)', "it's $x", 'a & b']
    expect(words.map((word) => shellWord(word, 'win32'))).toEqual([
      ...['C:\\runs\\1', '"C:\\my runs"', '"784,50"', "'$(x)'", "'it''s $x'", '"a & b"'],
    ])
  })
})
