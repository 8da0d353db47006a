import type { Block } from '../markdown.ts'

/** What is printed between two blocks, to tell whose output is whose. */
const border = '\u0001'

/**
 * The module that a program's blocks make. Each line stands where it stands in the Markdown file, so that errors name
 * the right one; the borders stand on the fences' lines.
 */
export function moduleText(blocks: Block[]): string {
  const lines: string[] = []
  for (const { line, code } of blocks) {
    while (lines.length < line - 2) lines.push('')
    lines.push(`;console.log(${JSON.stringify(border)});`, ...code.split('\n'))
  }
  return `${lines.join('\n')}\nexport {}\n`
}

/** What each block printed, of the output of the module. */
export function outputs(stdout: string): string[][] {
  return stdout
    .replaceAll('\r\n', '\n')
    .split(`${border}\n`)
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
