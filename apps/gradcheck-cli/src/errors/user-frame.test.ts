import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { culprit, excerpt, showPlace } from './culprit.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-culprit-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('culprit', () => {
  const stack = `TypeError: x is undefined
    at checked (/opt/command/dist/worker.js:3:4)
    at add (file:///home/me/node_modules/@gosa/linalg/dist/index.js:10:20)
    at MyLayer.forward (file:///home/me/my%20layer.ts:7:12)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`

  it("is the user's topmost line, past what is installed, Node's, and the command's own", () => {
    expect(culprit(stack, '/opt/command/dist')).toEqual({ file: '/home/me/my layer.ts', line: 7, column: 12 })
  })

  it('is read from the line with which Node heads a syntax error', () => {
    const place = { file: '/home/me/bad.cjs', line: 2, column: 1 }
    expect(culprit('/home/me/bad.cjs:2\nlet b = = 2\n        ^\n\nSyntaxError: …', '/opt')).toEqual(place)
    expect(culprit('file:///home/me/bad.cjs:2\nimport x', '/opt')).toEqual(place)
  })

  it("is undefined where no line is the user's", () => {
    expect(
      culprit('Error: no\n    at node:internal/x:1:2\n    at eval (<anonymous>)', '/opt'),
    ).toBeUndefined()
  })
})

describe('excerpt', () => {
  it('shows the line with its number and a mark below the column', () => {
    const file = join(folder, 'layer.js')
    writeFileSync(file, 'first\n\treturn mul(dout, mask)\nlast\n')
    expect(excerpt({ file, line: 2, column: 9 })).toEqual([
      '     2 | \treturn mul(dout, mask)',
      '       | \t       ^',
    ])
  })

  it('is empty where there is no such file or line', () => {
    expect(excerpt({ file: join(folder, 'none.js'), line: 1, column: 1 })).toEqual([])
    writeFileSync(join(folder, 'short.js'), 'one')
    expect(excerpt({ file: join(folder, 'short.js'), line: 9, column: 1 })).toEqual([])
  })
})

describe('showPlace', () => {
  it('gives a path from the folder where it lies in it, else the whole path', () => {
    const place = { file: join(folder, 'a', 'b.js'), line: 1, column: 2 }
    expect(showPlace(place, folder)).toBe(`${join('a', 'b.js')}:1:2`)
    expect(showPlace(place, join(folder, 'other'))).toBe(`${place.file}:1:2`)
  })
})
