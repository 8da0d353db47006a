import { difference } from './compare.ts'
import { expected } from './expected.ts'
import type { Program } from './programs.ts'
import { run } from './run.ts'

/**
 * Runs a program and compares: a sentence for each block that prints something else than its comments say.
 *
 * Blocks that need MNIST are left out where `data`, the folder with its files, is undefined.
 */
export async function differences({ path, blocks }: Program, data?: string): Promise<string[]> {
  const present = blocks.filter(({ words }) => data || !words.includes('mnist'))
  if (present.length === 0) return []
  const printed = await run(path, present, data ? { GOSA_DATA_DIR: data } : {})
  return present.flatMap(({ line, code }, i) => {
    const found = difference(printed[i] ?? [], expected(code))
    return found ? [`${path}:${line}: ${found}`] : []
  })
}
