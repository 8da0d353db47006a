import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvOptions, DataError, parseCsv } from '../index.ts'

/** Whether an entry is neither a number nor a missing value. */
const isText = (text: string) => text.trim() !== '' && text !== 'NaN' && Number.isNaN(Number(text))

const thrownFor = (text: string, options: CsvOptions = {}): DataError => {
  try {
    parseCsv(text, { file: 'flowers.csv', ...options }).x
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
        fc.array(
          fc.tuple(
            fc.double({ noNaN: true, noDefaultInfinity: true }),
            fc.string({ minLength: 1 }).filter(isText),
          ),
        ),
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

  it('throws for an option that does not exist', () => {
    expect(() => parseCsv('a\n1', { lable: 'a' } as CsvOptions)).toThrow('there is no option lable')
  })

  it('throws for a label column that does not exist, and for a delimiter of several characters', () => {
    expect(() => parseCsv('a,b\n1,2', { label: 'c' })).toThrow('no label column "c": there are "a", "b"')
    expect(() => parseCsv('1,2', { label: 2 })).toThrow('no label column 2 of the 2')
    expect(() => parseCsv('1,2', { delimiter: ', ' })).toThrow(RangeError)
  })

  it('returns a table of numbers, texts and missing values without a label, and refuses its x', () => {
    const table = parseCsv('size,colour\n1,red\n,NaN\n3,red\n', { dtype: 'float64' })
    expect(table.rows).toBe(3)
    expect(table.columns.map(({ name, counts }) => [name, counts])).toEqual([
      ['size', { numbers: 2, texts: 0, missing: 1 }],
      ['colour', { numbers: 0, texts: 2, missing: 1 }],
    ])
    expect([...table.columns[0].numbers()]).toEqual([1, Number.NaN, 3])
    expect([...(table.columns[1].texts?.codes() ?? [])]).toEqual([0, -1, 0])
    expect(() => table.x).toThrow('"red" in column "colour" is not a number')
  })
})

describe('the first line', () => {
  it.each([
    ['holds texts and no number', 'a,b\n1,2', ['a', 'b']],
    ['holds texts, although the columns hold texts as well', 'a,b\nx,y', ['a', 'b']],
    [
      'counts the columns beside a text above numbers',
      'label,0,1,2\n3,0,255,0\n4,1,1,1',
      ['label', '0', '1', '2'],
    ],
    ['counts them from 1, with the text at the end', '1,2,label\n3,0,255', ['1', '2', 'label']],
    ['has an empty name', ',a,b\n0,1,2', ['', 'a', 'b']],
  ])('is a header if it %s', (_what, text, names) => {
    expect(parseCsv(text).names).toEqual(names)
  })

  it.each([
    ['a text stands above texts', '5.1,iris\n4,tulip', 2],
    ['it holds numbers alone', '1,2\n3,4', 2],
    ['a value is missing', '1,\n3,4', 2],
    ['it is the only line and holds a number', 'x,1', 1],
  ])('is a sample if %s', (_what, text, rows) => {
    expect(parseCsv(text)).toMatchObject({ names: [], rows })
  })

  it('is refused if a text in it stands above numbers and beside numbers that do not count columns', () => {
    const error = thrownFor('1.5,x7\n2.5,3\n', { label: 1 })
    expect(error).toMatchObject({ code: 'format', line: 1, column: 5 })
    expect(error.message).toContain('"x7" stands above numbers')
    expect(thrownFor('label,2\n3,4')).toMatchObject({ line: 1, column: 1 })
    expect(parseCsv('label,2\n3,4', { header: true }).names).toEqual(['label', '2'])
  })

  it('never makes a class of a text above numeric labels', () => {
    expect(parseCsv('label,0,1\n3,0,255\n4,1,2', { label: 0 }).classes).toEqual(['3', '4'])
    const error = thrownFor('label,0,1\n3,0,255', { label: 0, header: false })
    expect(error.message).toContain('is the first line a header?')
  })

  it('is a header if label is a name in it', () => {
    expect(parseCsv('7,x\n1,a\n2,b', { label: 'x' })).toMatchObject({ names: ['7'], classes: ['a', 'b'] })
    expect(() => parseCsv('a,b\n1,2', { label: 'b', header: false })).toThrow('must be the index of a column')
  })
})

describe('labels', () => {
  it('that are equal numbers are one class', () => {
    const { t, classes } = parseCsv('1,1\n1,1.0\n1,02\n1,+2\n1,2\n1,10\n1,"1e1"', { label: 1 })
    expect(classes).toEqual(['1', '2', '10'])
    expect([...t]).toEqual([0, 0, 1, 1, 1, 2, 2])
  })

  it('are as exact as float64, whatever the dtype of x', () => {
    expect(parseCsv('0,16777216\n0,16777217', { label: 1 }).classes).toEqual(['16777216', '16777217'])
  })

  it('are numbers first, then texts', () => {
    expect(parseCsv('0,b\n0,10\n0,9\n0,a', { label: 1 }).classes).toEqual(['9', '10', 'a', 'b'])
  })

  it.each([
    ['an empty label', 'x,y\n1,2\n1,\n1,10'],
    ['a blank label in quotes', 'x,y\n1,2\n1,"  "\n1,10'],
    ['NaN', 'x,y\n1,2\n1,nan\n1,10'],
    ['NA, if it is said to be missing', 'x,y\n1,2\n1,NA\n1,10'],
  ])('are refused where one is missing: %s', (_what, text) => {
    const error = thrownFor(text, { label: 'y', missing: ['NA'] })
    expect(error).toMatchObject({ code: 'value', line: 3, column: 3 })
    expect(error.message).toMatch(/label.*fill it in or remove the line/)
  })

  it.each([['x' as string | number], [0], [-1]])(
    'are refused if their column is there twice: %j',
    (label) => {
      const error = thrownFor('x,y,x\n1,2,1\n3,4,3\n', { label })
      expect(error).toMatchObject({ code: 'format', line: 1 })
      expect(error.message).toContain('a second column is named as the label column, "x"')
    },
  )
})

describe('numbers', () => {
  const read = (field: string, options: CsvOptions = {}) =>
    [...parseCsv(`x;y\n${field};0\n`, { delimiter: ';', dtype: 'float64', ...options }).x.data][0]

  it.each([
    ['5.', 5],
    ['.5', 0.5],
    ['+2e-3', 0.002],
    ['-1.5E+2', -150],
    ['-0', 0],
    ['007', 7],
    ['  7\t', 7],
    ['"7"', 7],
    [' " 7 " ', 7],
    ['0.1', 0.1],
    ['0.30000000000000004', 0.30000000000000004],
    ['123456789012345678901234567890', 1.2345678901234568e29],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['5e-324', 5e-324],
  ])('%s is a number', (field, value) => {
    expect(read(field)).toBe(value)
    expect(read(`${field} `)).toBe(value)
  })

  it.each([
    '0x1F',
    '0b101',
    '0o7',
    '1_000',
    '1,5',
    '1.2.3',
    '--1',
    '+',
    '.',
    'e5',
    '1e',
    '5 %',
    '1e999',
    '∞',
    'Infinity',
    '1 2',
  ])('%s is none', (field) => {
    const error = thrownFor(`x;y\n${field};0\n`, { delimiter: ';' })
    expect(error).toMatchObject({ code: 'value', line: 2, column: 1 })
    expect(error.message).toContain(`${JSON.stringify(field)} in column "x" is not a number`)
  })

  it.each(['', '""', '"  "', 'NaN', '"nan"', ' \t '])('%j is a missing one', (field) => {
    expect(parseCsv(`x;y\n${field};0\n`, { delimiter: ';' }).columns[0].counts).toEqual({
      numbers: 0,
      texts: 0,
      missing: 1,
    })
  })

  it('may have a decimal comma and separated thousands', () => {
    expect(read('1,5', { decimal: ',' })).toBe(1.5)
    expect(read('-1.234.567,5', { decimal: ',', thousands: '.' })).toBe(-1234567.5)
    expect(read("12'345", { thousands: "'" })).toBe(12345)
    expect(parseCsv('"1,5","1.234,5"', { decimal: ',', thousands: '.' }).x.toArray()).toEqual([[1.5, 1234.5]])
    expect(parseCsv('"1,234",5', { thousands: ',' }).x.toArray()).toEqual([[1234, 5]])
    for (const field of ['1.23', '1.2345', '1234.567', '.123', '1..234']) {
      expect(() => read(field, { decimal: ',', thousands: '.' })).toThrow('is not a number')
    }
    expect(() => read('1.5', { decimal: ',' })).toThrow('is not a number')
  })

  it('have separators that can be told apart', () => {
    expect(() => parseCsv('1', { thousands: '.' })).toThrow('not the decimal separator "."')
    expect(() => parseCsv('1', { thousands: '0' })).toThrow(RangeError)
    expect(() => parseCsv('1', { decimal: ';' as ',' })).toThrow('decimal must be "." or ","')
    expect(() => parseCsv('1', { delimiter: '-' })).toThrow('no quote, line end, digit or sign')
  })

  it('are those that Number reads, rounded once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (values) => {
          const forms = values.flatMap((v) => [
            String(v),
            v.toExponential(20),
            v.toPrecision(17),
            v.toFixed(3),
          ])
          const { x } = parseCsv(forms.join('\n'), { header: false, dtype: 'float64' })
          expect([...x.data]).toEqual(forms.map((form) => Number(form) + 0))
        },
      ),
    )
  })
})

describe('fields', () => {
  it('lose the blanks around them, but not those in quotes', () => {
    const { classes } = parseCsv('x, y\n1, "a b" \n2,\t" c"\n3, d  \n', { label: 'y' })
    expect(classes).toEqual([' c', 'a b', 'd'])
  })

  it('keep a quote that is not at their beginning', () => {
    expect(parseCsv('x,y\n1,5" pipe\n', { label: 'y' }).classes).toEqual(['5" pipe'])
  })

  it('may be separated by tabs, and lines ended by CR alone', () => {
    expect(parseCsv('a\tb\r1\t2\r3\t4', { delimiter: '\t' }).x.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('of a line of blanks are no sample, not even in a table of one column', () => {
    expect(parseCsv('a\n1\n  \n\n2\n').x.toArray()).toEqual([[1], [2]])
    expect(parseCsv('a\n1\n""\n').columns[0].counts.missing).toBe(1)
  })
})
