/** Where print and comment differ, in words; undefined where they agree. In comments, `…` stands for anything. */
export function difference(printed: string[], expected: string[]): string | undefined {
  if (pattern(expected).test(printed.map((line) => `${line}\n`).join(''))) return undefined
  return `prints\n${listed(printed)}\nbut its comments say\n${listed(expected)}`
}

/** Each line is closed by a line break; one that is nothing but `…` stands for any number of lines, none included. */
function pattern(lines: string[]): RegExp {
  const source = lines.map((line) => (line === '…' ? '(?:.*\n)*?' : `${parts(line)}\n`))
  return new RegExp(`^${source.join('')}$`)
}

const parts = (line: string): string => line.split('…').map(literally).join('.*')

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const listed = (lines: string[]): string => lines.map((line) => `  | ${line}`).join('\n') || '  nothing'
