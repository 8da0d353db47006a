import { type Block, blocks } from '../markdown.ts'

/** Turns the TypeScript blocks of a Markdown file into programs, and a program into the text of a module. */

/** Blocks of one Markdown file that run as one module. */
export interface Program {
  /** The file, relative to the root. */
  path: string
  blocks: Block[]
}

/** The programs of a file, and the faults of its blocks. */
export interface Examples {
  programs: Program[]
  faults: string[]
}

/**
 * The TypeScript blocks of a Markdown file. The words after the fence say how they run:
 *
 * - `ts`: a program of its own; in `docs/` it continues the blocks before it, so that a page is one program
 * - `ts continued`: continues the block before it
 * - `ts mnist`: needs MNIST's files; left out if they are not found
 * - `ts fragment <reason>`: not run; for signatures
 *
 * Plain JavaScript is rejected, because it would not be run.
 */
export function examplesOf(path: string, text: string): Examples {
  const found: Examples = { programs: [], faults: [] }
  for (const block of blocks(text)) {
    const [language, mode, ...reason] = block.words
    const place = `${path}:${block.line}`
    if (/^(js|mjs|cjs|javascript|typescript)$/.test(language)) {
      found.faults.push(`${place}: a block in ${language} is not run; write ts`)
    }
    if (language !== 'ts') continue
    if (!['continued', 'mnist', 'fragment', undefined].includes(mode)) {
      found.faults.push(`${place}: ts ${mode} means nothing; known are continued, mnist, fragment`)
    } else if (mode === 'fragment') {
      if (reason.length === 0) found.faults.push(`${place}: a fragment without a reason`)
    } else {
      addTo(found, path, block)
    }
  }
  return found
}

function addTo({ programs, faults }: Examples, path: string, block: Block): void {
  const last = programs.at(-1)
  const continues = path.startsWith('docs/') || block.words.includes('continued')
  if (continues && last) last.blocks.push(block)
  else if (block.words.includes('continued')) faults.push(`${path}:${block.line}: continues nothing`)
  else programs.push({ path, blocks: [block] })
}

/** Printed between two blocks, to separate their output. */
const BORDER = '\u0001'

/**
 * The text of the module that a program's blocks form. Each line keeps its line number of the Markdown file, so that
 * errors name the right one; the borders take the lines of the fences.
 */
export function moduleText(blocks: Block[]): string {
  const lines: string[] = []
  for (const { line, code } of blocks) {
    while (lines.length < line - 2) lines.push('')
    lines.push(`;console.log(${JSON.stringify(BORDER)});`, ...code.split('\n'))
  }
  return `${lines.join('\n')}\nexport {}\n`
}

/** Splits the output of the module by block, into lines. */
export function outputsByBlock(stdout: string): string[][] {
  return stdout
    .replaceAll('\r\n', '\n')
    .split(`${BORDER}\n`)
    .slice(1)
    .map((text) =>
      text === ''
        ? []
        : text
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => line.trimEnd()),
    )
}
