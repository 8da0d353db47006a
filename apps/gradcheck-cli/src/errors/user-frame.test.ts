import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { codeFrame, describeThrown, firstUserFrame, formatLocation } from './user-frame.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-user-frame-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('firstUserFrame', () => {
  const stack = `TypeError: x is undefined
    at checked (/opt/command/dist/worker.js:3:4)
    at add (file:///home/me/node_modules/@gosa/linalg/dist/index.js:10:20)
    at MyLayer.forward (file:///home/me/my%20layer.ts:7:12)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`

  it('returns the topmost frame of the user, not of a package, of Node or of the command', () => {
    expect(firstUserFrame(stack, '/opt/command/dist')).toEqual({
      file: '/home/me/my layer.ts',
      line: 7,
      column: 12,
    })
  })

  it('reads the position at the top of a syntax error', () => {
    const place = { file: '/home/me/bad.cjs', line: 2, column: 1 }
    expect(firstUserFrame('/home/me/bad.cjs:2\nlet b = = 2\n        ^\n\nSyntaxError: …', '/opt')).toEqual(
      place,
    )
    expect(firstUserFrame('file:///home/me/bad.cjs:2\nimport x', '/opt')).toEqual(place)
  })

  it("returns undefined if no frame is the user's", () => {
    expect(
      firstUserFrame('Error: no\n    at node:internal/x:1:2\n    at eval (<anonymous>)', '/opt'),
    ).toBeUndefined()
  })
})

describe('codeFrame', () => {
  it('shows the line with its number and a mark below the column', () => {
    const file = join(folder, 'layer.js')
    writeFileSync(file, 'first\n\treturn mul(dout, mask)\nlast\n')
    expect(codeFrame({ file, line: 2, column: 9 })).toEqual([
      '     2 | \treturn mul(dout, mask)',
      '       | \t       ^',
    ])
  })

  it('is empty if there is no such file or line', () => {
    expect(codeFrame({ file: join(folder, 'none.js'), line: 1, column: 1 })).toEqual([])
    writeFileSync(join(folder, 'short.js'), 'one')
    expect(codeFrame({ file: join(folder, 'short.js'), line: 9, column: 1 })).toEqual([])
  })
})

describe('formatLocation', () => {
  it('is relative to the folder for a file in it, else absolute', () => {
    const place = { file: join(folder, 'a', 'b.js'), line: 1, column: 2 }
    expect(formatLocation(place, folder)).toBe(`${join('a', 'b.js')}:1:2`)
    expect(formatLocation(place, join(folder, 'other'))).toBe(`${place.file}:1:2`)
  })
})

describe('describeThrown', () => {
  it('describes an error by its kind and the first line of its message', () => {
    const messageOf = (error: Error) => describeThrown(error, '/own').message
    expect(messageOf(new RangeError('wrong shape\nand more'))).toBe('RangeError: wrong shape')
    expect(messageOf(new Error('plain'))).toBe('plain')
    expect(messageOf(new TypeError())).toBe('TypeError: TypeError')
  })

  it('finds the line where the error was created', () => {
    expect(describeThrown(new Error('here'), '/own').place?.file).toMatch(/user-frame\.test\.ts$/)
  })

  it('describes a thrown value that is not an error', () => {
    expect(describeThrown('oops', '/own').message).toBe('string oops was thrown; it is not an Error')
  })
})
