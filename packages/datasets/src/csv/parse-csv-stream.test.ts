import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvOptions, DataError, parseCsv, parseCsvStream } from '../index.ts'

const TEXT = '\ufeffsize,kind\r\n1.5,"a ""b"" ö"\r\n\r\n-2e1,"c\nd"\r\n0.1234567890123456, "e" \r\n3,f'

/** Cuts into parts of the given lengths, the last of which is what is left. */
function cut<T extends string | Uint8Array>(content: T, lengths: readonly number[]): T[] {
  let at = 0
  const parts = lengths.map((length) => {
    at += length
    return content.slice(at - length, at)
  })
  return [...parts, content.slice(at)] as T[]
}

const streamOf = (parts: readonly (string | Uint8Array)[]) => new Blob(parts as BlobPart[]).stream()

describe('parseCsvStream', () => {
  it('returns what parseCsv returns, wherever text or bytes are cut', async () => {
    const options = { label: 'kind', dtype: 'float64' } as const
    const whole = parseCsv(TEXT, options)
    expect(whole).toMatchObject({ classes: ['a "b" ö', 'c\nd', 'e', 'f'] })
    const bytes = new TextEncoder().encode(TEXT)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(12), { maxLength: 12 }), async (lengths) => {
        for (const content of [TEXT, bytes]) {
          const table = await parseCsvStream(cut(content, lengths), options)
          expect(table.x.data).toEqual(whole.x.data)
          expect([table.t, table.classes, table.names]).toEqual([whole.t, whole.classes, whole.names])
        }
      }),
    )
  })

  it('throws at the place where parseCsv throws, wherever the text is cut', async () => {
    const text = 'a,b\n1,"x\ny"\n2,"z'
    const reference = (options: CsvOptions, wrong = text) => {
      try {
        return parseCsv(wrong, options)
      } catch (error) {
        return error as DataError
      }
    }
    for (const wrong of [text, 'a,b\n1,"x\ny"\n2\n', 'a,b\n1,"x\ny"\n2,"z"3\n', 'a,b\n1,2\n3,\n']) {
      const expected = reference({ label: 'b' }, wrong)
      expect(expected).toBeInstanceOf(DataError)
      for (let at = 0; at <= wrong.length; at++) {
        await expect(parseCsvStream(cut(wrong, [at]), { label: 'b' })).rejects.toEqual(expected)
      }
    }
  })

  it('reads streams of browsers and of Node', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gosa-csv-'))
    const path = join(dir, 'table.csv')
    writeFileSync(path, '1,2\n3,4\n')
    const expected = [
      [1, 2],
      [3, 4],
    ]
    expect((await parseCsvStream(createReadStream(path))).x.toArray()).toEqual(expected)
    expect((await parseCsvStream(streamOf(['1,2\n', '3,4']))).x.toArray()).toEqual(expected)
    rmSync(dir, { recursive: true })
  })

  it('reads text or bytes as a whole', async () => {
    expect((await parseCsvStream('1,2')).x.toArray()).toEqual([[1, 2]])
    expect((await parseCsvStream(Uint8Array.of(49, 44, 50))).x.toArray()).toEqual([[1, 2]])
  })

  it('ends a stream of which it refuses a line', async () => {
    let isCancelled = false
    const endless = new ReadableStream<string>({
      pull: (controller) => controller.enqueue('1,2\n3\n'),
      cancel: () => {
        isCancelled = true
      },
    })
    await expect(parseCsvStream(endless)).rejects.toThrow('this line has 1 fields')
    expect(isCancelled).toBe(true)
  })

  it('reads other encodings if it is told, and refuses bytes that are not text', async () => {
    const latin1 = Uint8Array.from('x,y\n1,\xfc\n', (char) => char.charCodeAt(0))
    const error = await parseCsvStream([latin1], { label: 'y', file: 'old.csv' }).catch((reason) => reason)
    expect(error).toBeInstanceOf(DataError)
    expect(error.message).toContain(
      "old.csv: the bytes are not text in utf-8: say its encoding, such as 'windows-1252'",
    )
    const { classes } = await parseCsvStream([latin1], { label: 'y', encoding: 'windows-1252' })
    expect(classes).toEqual(['ü'])
  })

  it('reads a record that is longer than many parts in time that grows with its length', async () => {
    const parts = ['"', ...Array.from({ length: 20_000 }, () => 'x'.repeat(100)), '",1\n']
    const { x } = await parseCsvStream(parts, { label: 0 })
    expect(x.toArray()).toEqual([[1]])
  })

  it('rejects with what the stream fails with', async () => {
    async function* failing() {
      yield '1,2\n'
      throw new Error('the network is gone')
    }
    await expect(parseCsvStream(failing())).rejects.toThrow('the network is gone')
  })
})
