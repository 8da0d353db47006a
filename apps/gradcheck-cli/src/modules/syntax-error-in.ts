import { readFileSync } from 'node:fs'

/** The syntax error in a file with its place, found by the TypeScript compiler; undefined where that finds none. */
export async function syntaxErrorIn(file: string): Promise<SyntaxError | undefined> {
  const { compileTypeScript } = await import('./typescript.ts')
  try {
    compileTypeScript(readFileSync(file, 'utf8'), file)
    return undefined
  } catch (error) {
    return error as SyntaxError
  }
}
