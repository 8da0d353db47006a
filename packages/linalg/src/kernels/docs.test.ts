import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('docs/kernels.md', () => {
  const blocks = [
    ...read('docs/kernels.md').matchAll(/^<!-- (\S+) -->\n```ts fragment .*\n([\s\S]*?)^```$/gm),
  ]

  it('has a block for each step', () => {
    expect(blocks.map(([, path]) => path)).toEqual([
      'src/kernels/backend.ts',
      'src/kernels/js/index.ts',
      'assembly/kernels/im2col.ts',
      'src/kernels/wasm/by-rows.ts',
      'src/kernels/wasm/im2col.test.ts',
      'src/kernels/threads/splits.ts',
    ])
  })

  it.each(blocks.map(([, path, code]) => [path, code]))('shows what stands in %s', (path, code) => {
    expect(read(path)).toContain(code)
  })
})
