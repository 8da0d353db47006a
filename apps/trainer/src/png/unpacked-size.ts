/** How many numbers make a pixel, by the kind of picture. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Where each pass over an interlaced picture begins, and how far its pixels are apart. */
const ADAM7 = [
  { x: 0, y: 0, right: 8, down: 8 },
  { x: 4, y: 0, right: 8, down: 8 },
  { x: 0, y: 4, right: 4, down: 8 },
  { x: 2, y: 0, right: 4, down: 4 },
  { x: 0, y: 2, right: 2, down: 4 },
  { x: 1, y: 0, right: 2, down: 2 },
  { x: 0, y: 1, right: 1, down: 2 },
]

/**
 * How many bytes the pixels of a PNG unpack to: each row of each pass has one for its filter and then its pixels without
 * gaps. Undefined for a kind that is none. `header` is the content of IHDR.
 *
 * Source: the PNG specification, third edition, sections 7.2 and 8.1.
 */
export function unpackedSize(header: Buffer): number | undefined {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth, kind, , , interlace] = header.subarray(8)
  const channels = CHANNELS[kind]
  if (channels === undefined || interlace > 1) return undefined
  const passes = interlace ? ADAM7 : [{ x: 0, y: 0, right: 1, down: 1 }]
  return passes.reduce((bytes, { x, y, right, down }) => {
    const [columns, rows] = [Math.ceil((width - x) / right), Math.ceil((height - y) / down)]
    return columns > 0 && rows > 0 ? bytes + rows * (1 + Math.ceil((columns * channels * depth) / 8)) : bytes
  }, 0)
}
