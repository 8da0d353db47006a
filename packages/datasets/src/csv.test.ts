import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DataError, parseCsv } from './index.ts'

const thrownFor = (text: string, options = {}): DataError => {
  try {
    parseCsv(text, { file: 'flowers.csv', ...options })
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  throw new Error('parseCsv accepted it')
}

describe('parseCsv', () => {
  it('returns x, t and the classes of a table with a header', () => {
    const table = parseCsv('length,width,kind\n5.1,3.5,iris\n4.9,3,"tulip, red"\n6,2.5e0,iris\n', {
      label: 'kind',
    })
    expect(table.names).toEqual(['length', 'width'])
    expect(table.x.shape).toEqual([3, 2])
    expect(table.x.at(2, 1)).toBe(2.5)
    expect(table.classes).toEqual(['iris', 'tulip, red'])
    expect(table.t).toEqual(Int32Array.of(0, 1, 0))
  })

  it('returns x alone without a label column, for any line endings, without empty lines', () => {
    const table = parseCsv('\ufeff1;-2\r\n\r\n3;4', { delimiter: ';', dtype: 'float64' })
    expect(table.x.toArray()).toEqual([
      [1, -2],
      [3, 4],
    ])
    expect(table.names).toEqual([])
    expect(table).not.toHaveProperty('t')
  })

  it('orders classes that are numbers numerically', () => {
    expect(parseCsv('1,10\n2,9\n3,10', { label: -1 }).classes).toEqual(['9', '10'])
  })

  it('round-trips any text, quotes and line breaks included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string())),
        (rows) => {
          fc.pre(rows.length > 0)
          const text = rows.map(([x, name]) => `${x},"${name.replaceAll('"', '""')}"`).join('\n')
          const { x, t, classes } = parseCsv(text, { header: false, label: 1, dtype: 'float64' })
          expect([...x.data]).toEqual(rows.map(([x]) => Number(String(x))))
          expect(Array.from(t, (label) => classes[label])).toEqual(rows.map(([, name]) => name))
        },
      ),
    )
  })

  it.each([
    ['a field that is not a number', 'a,b\n1,2\n3,x7\n', 'value', 3, 3, '"x7" in column "b" is not a number'],
    ['an empty field', 'a,b\n1,\n', 'value', 2, 3, 'an empty field in column "b"'],
    ['infinity', '1,Infinity', 'value', 1, 3, 'only the label column may hold anything but numbers'],
    ['a line with too few fields', '1,2\n3\n', 'format', 2, 1, 'this line has 1 fields, but the first has 2'],
    ['a line with too many fields', '1,2\n3,4,5\n', 'format', 2, 3, 'this line has 3 fields'],
    ['a quote that is not closed', '1,2\n3,"4\n5,6\n', 'format', 2, 3, 'never closed'],
    ['text after a quote', '1,2\n"3"x,4\n', 'format', 2, 4, '"x" follows a closed quote'],
    ['an error after a line break in quotes', '"1\n",2\n3,x', 'value', 3, 3, '"x" is not a number'],
    ['an empty file', '\n\n', 'format', 1, 1, 'holds no data'],
  ])('throws a DataError with line and column for %s', (_what, text, code, line, column, message) => {
    const error = thrownFor(text, { header: text.startsWith('a') })
    expect(error).toMatchObject({ code, line, column, file: 'flowers.csv' })
    expect(error.message).toContain(message)
    expect(error.message).toContain(`(line ${line}, column ${column})`)
  })

  it('counts lines within quotes', () => {
    expect(thrownFor('1,"a\nb"\nx,c', { label: 1, header: false })).toMatchObject({ line: 3, column: 1 })
  })

  it('throws for a label column that does not exist, and for a delimiter of several characters', () => {
    expect(() => parseCsv('a,b\n1,2', { label: 'c' })).toThrow('no label column "c": there are "a", "b"')
    expect(() => parseCsv('1,2', { label: 2 })).toThrow('no label column 2 of the 2')
    expect(() => parseCsv('1,2', { delimiter: ', ' })).toThrow(RangeError)
  })
})
