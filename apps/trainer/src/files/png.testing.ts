import { crc32, deflateSync } from 'node:zlib'

/** Encodes PNG files for tests. */

/** The number of samples per pixel, by kind of PNG. */
export const KINDS = { grey: [0, 1], rgb: [2, 3], palette: [3, 1], greyAlpha: [4, 2], rgba: [6, 4] } as const

export interface Drawn {
  width: number
  height: number
  kind?: keyof typeof KINDS
  depth?: number
  interlaced?: boolean
  /** The samples of a pixel. */
  pixel: (x: number, y: number) => readonly number[]
  /** Further chunks, after the header. */
  chunks?: readonly Buffer[]
}

/** A chunk: length, type, content, checksum. */
export function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  return Buffer.concat([u32(content.length), body, u32(crc32(body))])
}

/** The bytes of a PNG without filters, as the specification defines it. */
export function encodePng(drawn: Drawn): Buffer {
  const { chunks = [] } = drawn
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    header(drawn),
    ...chunks,
    chunk('IDAT', deflateSync(Buffer.concat(passes(drawn).flatMap((pass) => rows(drawn, pass))))),
    chunk('IEND', new Uint8Array(0)),
  ])
}

export const header = ({
  width,
  height,
  kind = 'grey',
  depth = 8,
  interlaced = false,
}: Omit<Drawn, 'pixel'>) =>
  chunk(
    'IHDR',
    Buffer.concat([u32(width), u32(height), Buffer.from([depth, KINDS[kind][0], 0, 0, interlaced ? 1 : 0])]),
  )

const u32 = (value: number): Buffer => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])

/** Where each pass begins, and the distance of its pixels: x, y, right, down. */
type Pass = readonly [x: number, y: number, right: number, down: number]

const ADAM7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]

const passes = ({ interlaced }: Drawn): readonly Pass[] => (interlaced ? ADAM7 : [[0, 0, 1, 1]])

function rows({ width, height, depth = 8, pixel }: Drawn, [x0, y0, right, down]: Pass): Buffer[] {
  const made: Buffer[] = []
  for (let y = y0; y < height; y += down) {
    let bits = ''
    for (let x = x0; x < width; x += right) {
      for (const value of pixel(x, y)) bits += value.toString(2).padStart(depth, '0')
    }
    if (bits === '') continue
    const bytes = bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? []
    made.push(Buffer.from([0, ...bytes]))
  }
  return made
}
