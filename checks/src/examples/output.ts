import ts from 'typescript'
import type { Block } from '../markdown.ts'

/** The output that a block claims in its comments: reading it, comparing it with what was printed, updating it. */

/** A comment that states what is printed. */
export interface OutputComment {
  /** Its line in the block, counted from 0, and the column of its `//`. */
  line: number
  column: number
  text: string
}

/**
 * The output that a block claims: the `//` comments after a statement that contains a `console.log`, on its last line
 * and on the lines directly below. Other comments are for people.
 *
 *     console.log(a) // 1
 *     for (const b of [2, 3]) console.log(b)
 *     // 2
 *     // 3
 */
export function claimedOutput(code: string): OutputComment[] {
  const file = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true)
  const lines = code.split('\n')
  /** Line → column. Several statements may end on one line; its comment counts once. */
  const found = new Map<number, number>()
  const visit = (node: ts.Node) => {
    ts.forEachChild(node, visit)
    if (!ts.isStatement(node) || !prints(node)) return
    const last = file.getLineAndCharacterOfPosition(node.end).line
    for (const { pos } of ts.getTrailingCommentRanges(code, node.end) ?? []) {
      found.set(last, file.getLineAndCharacterOfPosition(pos).character)
    }
    for (let i = last + 1; lines[i]?.trim().startsWith('//'); i++) found.set(i, lines[i].indexOf('//'))
  }
  ts.forEachChild(file, visit)
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([line, column]) => ({
      line,
      column,
      text: lines[line]
        .slice(column)
        .replace(/^\/\/ ?/, '')
        .trimEnd(),
    }))
}

function prints(node: ts.Node): boolean {
  if (ts.isCallExpression(node) && node.expression.getText() === 'console.log') return true
  return ts.forEachChild(node, (child) => prints(child) || undefined) ?? false
}

/** The difference between printed and claimed output, in words; undefined if they agree. `…` in a comment matches anything. */
export function difference(printed: string[], expected: string[]): string | undefined {
  if (pattern(expected).test(printed.map((line) => `${line}\n`).join(''))) return undefined
  return `prints\n${asList(printed)}\nbut its comments say\n${asList(expected)}`
}

/** Every line ends in a line break; a line that is only `…` matches any number of lines, including none. */
function pattern(lines: string[]): RegExp {
  const source = lines.map((line) => (line === '…' ? '(?:.*\n)*?' : `${escapedParts(line)}\n`))
  return new RegExp(`^${source.join('')}$`)
}

const escapedParts = (line: string): string => line.split('…').map(escapeRegExp).join('.*')

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const asList = (lines: string[]): string => lines.map((line) => `  | ${line}`).join('\n') || '  nothing'

/**
 * A page in which the comments of a block state what it printed, line by line. Undefined if the number of lines differs,
 * since it is then unclear which line belongs where.
 */
export function updatedPage(page: string, block: Block, printed: string[]): string | undefined {
  const comments = claimedOutput(block.code)
  if (comments.length !== printed.length) return undefined
  const lines = page.split('\n')
  for (const [i, { line, column, text }] of comments.entries()) {
    if (!difference([printed[i]], [text])) continue
    const at = block.line - 1 + line
    lines[at] = `${lines[at].slice(0, block.indent + column)}// ${printed[i]}`.trimEnd()
  }
  return lines.join('\n')
}
