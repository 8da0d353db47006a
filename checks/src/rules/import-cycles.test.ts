import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWorkspaces, root } from '../repository.ts'
import { folderCycles } from './import-cycles.ts'

describe('folders', () => {
  it.each(readWorkspaces())('in $folder do not import each other in a circle', (workspace) => {
    expect(folderCycles(workspace)).toEqual([])
  })

  it('that import each other through several files are found, type imports included', () => {
    const sources = {
      'src/main.ts': "import './a/one.ts'",
      'src/types.ts': '',
      'src/a/one.ts': "import { two } from '../b/two.ts'",
      'src/a/other.ts': "import type { Base } from '../types.ts'",
      'src/b/two.ts': "import { three } from '../c/three.ts'",
      'src/c/three.ts': "import type { Other } from '../a/other.ts'",
    }
    expect(folderCycles({ folder: 'packages/x', sources })).toEqual(['packages/x: src/a ⇄ src/b ⇄ src/c'])
    expect(folderCycles({ folder: 'packages/x', sources: { ...sources, 'src/c/three.ts': '' } })).toEqual([])
  })

  it('are told apart from the files beside them: a ground floor of types is no circle', () => {
    const sources = {
      'src/index.ts': "export { one } from './a/one.ts'",
      'src/types.ts': '',
      'src/a/one.ts': "import type { Base } from '../types.ts'",
    }
    expect(folderCycles({ folder: 'packages/x', sources })).toEqual([])
  })
})

describe('the linter', () => {
  /** Lints `a.ts` and `b.ts` under the repository's biome.json and returns what it prints. */
  function lint(a: string, b: string): { status: number | null; printed: string } {
    const folder = mkdtempSync(join(tmpdir(), 'gosa-cycle-'))
    try {
      const config = JSON.stringify({ extends: [join(root, 'biome.json')], vcs: { enabled: false } })
      writeFileSync(join(folder, 'biome.json'), config)
      writeFileSync(join(folder, 'a.ts'), a)
      writeFileSync(join(folder, 'b.ts'), b)
      const biome = join(
        dirname(createRequire(join(root, 'package.json')).resolve('@biomejs/biome/package.json')),
        'bin/biome',
      )
      const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '.'], {
        cwd: folder,
        encoding: 'utf8',
      })
      return { status, printed: stdout + stderr }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  it('fails for two files that import each other, by types alone', () => {
    const { status, printed } = lint(
      "import type { B } from './b.ts'\nexport type A = B | 1\n",
      "import type { A } from './a.ts'\nexport type B = A | 2\n",
    )
    expect(printed).toContain('noImportCycles')
    expect(status).toBe(1)
  })

  it('passes if only one imports the other', () => {
    const { status, printed } = lint(
      "import type { B } from './b.ts'\nexport type A = B | 1\n",
      'export type B = 2\n',
    )
    expect(printed).not.toContain('noImportCycles')
    expect(status).toBe(0)
  })
})
