import { readFileSync, writeFileSync } from 'node:fs'
import type { Block } from '../markdown.ts'
import { root } from '../workspace.ts'
import { difference } from './compare.ts'
import { expected } from './expected.ts'
import type { Program } from './programs.ts'
import { run } from './run.ts'
import { updated } from './update.ts'

/** A block that prints something else than its comments say. */
export interface Difference {
  block: Block
  printed: string[]
  /** What differs, with the place in the page. */
  message: string
}

/** Runs a program and compares. Blocks that need MNIST are left out where `data`, its folder, is undefined. */
export async function differences({ path, blocks }: Program, data?: string): Promise<Difference[]> {
  const present = blocks.filter(({ words }) => data || !words.includes('mnist'))
  if (present.length === 0) return []
  const outputs = await run(path, present, data ? { GOSA_DATA_DIR: data } : {})
  return present.flatMap((block, i) => {
    const printed = outputs[i] ?? []
    const said = expected(block.code).map(({ text }) => text)
    const found = difference(printed, said)
    return found ? [{ block, printed, message: `${path}:${block.line}: ${found}` }] : []
  })
}

/** Writes into a page what its blocks print; answers the differences that only a person can mend. */
export function mend(path: string, found: Difference[]): Difference[] {
  return found.filter(({ block, printed }) => {
    const page = updated(readFileSync(`${root}${path}`, 'utf8'), block, printed)
    if (page !== undefined) writeFileSync(`${root}${path}`, page)
    return page === undefined
  })
}
