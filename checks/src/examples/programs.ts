import { type Block, blocks } from '../markdown.ts'

/** Blocks of one Markdown file that run as one module. */
export interface Program {
  /** The file, relative to the root. */
  path: string
  blocks: Block[]
}

/** What a file holds for us: programs to run, and what is wrong with its blocks. */
export interface Examples {
  programs: Program[]
  faults: string[]
}

/**
 * The TypeScript blocks of a Markdown file. The words behind the fence say how they run:
 *
 * - `ts`: a program of its own; in `docs/` it continues the blocks before it, so that a page is one program
 * - `ts continued`: continues the block before it
 * - `ts mnist`: needs MNIST's files and is left out where they are not
 * - `ts fragment <reason>`: is not run; for signatures
 *
 * Plain JavaScript is refused, since nothing would run it.
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
