import type { Block } from '../markdown.ts'
import { difference } from './compare.ts'
import { expected } from './expected.ts'

/**
 * A page with the comments of a block made to say what it printed, each line in the place of the one that was there;
 * undefined where they are not as many, since nobody knows then which line belongs where.
 */
export function updated(page: string, block: Block, printed: string[]): string | undefined {
  const comments = expected(block.code)
  if (comments.length !== printed.length) return undefined
  const lines = page.split('\n')
  for (const [i, { line, column, text }] of comments.entries()) {
    if (!difference([printed[i]], [text])) continue
    const at = block.line - 1 + line
    lines[at] = `${lines[at].slice(0, block.indent + column)}// ${printed[i]}`.trimEnd()
  }
  return lines.join('\n')
}
