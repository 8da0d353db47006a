/** A fenced block of a Markdown file. */
export interface Block {
  /** The line of its first line of code, counted from 1. */
  line: number
  /** How far the block is indented, as in a list. */
  indent: number
  /** The words behind the fence: `ts`, `continued`, … */
  words: string[]
  code: string
}

/** A line that opens or closes a block: its indentation, its marks, its words. */
const fence = /^( *)(`{3,}|~{3,}) *([^`]*)$/

/** The fenced blocks of a Markdown file, in order. Throws where one is not closed. */
export function blocks(text: string): Block[] {
  const found: Block[] = []
  let open: { block: Block; marks: string; lines: string[] } | undefined
  for (const [i, line] of text.split('\n').entries()) {
    const [, indent = '', marks = '', words = ''] = line.match(fence) ?? []
    if (!open && marks) {
      const block = {
        line: i + 2,
        indent: indent.length,
        words: words.trim().split(/\s+/).filter(Boolean),
        code: '',
      }
      open = { block, marks, lines: [] }
    } else if (open && marks.startsWith(open.marks) && !words.trim()) {
      found.push({ ...open.block, code: open.lines.join('\n') })
      open = undefined
    } else if (open) {
      open.lines.push(line.replace(new RegExp(`^ {0,${open.block.indent}}`), ''))
    }
  }
  if (open) throw new Error(`line ${open.block.line - 1}: a block that is not closed`)
  return found
}

/** The text without its fenced blocks. */
export function outsideBlocks(text: string): string {
  const lines = text.split('\n')
  for (const { line, code } of blocks(text)) lines.fill('', line - 1, line - 1 + code.split('\n').length)
  return lines.join('\n')
}
