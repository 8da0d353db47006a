import { crc32, deflateSync } from 'node:zlib'

/**
 * A PNG file of pixels in red, green, blue and opacity, a byte each.
 *
 * Source: w3.org/TR/png-3: signature, IHDR, IDAT with a filter byte (0, none) before each row, IEND.
 */
export function encodePng(rgba: Uint8Array, { height, width }: { height: number; width: number }): Buffer {
  if (rgba.length !== 4 * height * width) {
    throw new RangeError(`encodePng: ${rgba.length} bytes are no ${height} × ${width} pixels of 4`)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a channel, colours with opacity.
  header.set([8, 6], 8)
  const rows = Buffer.alloc(height * (4 * width + 1))
  for (let y = 0; y < height; y++) {
    rows.set(rgba.subarray(4 * width * y, 4 * width * (y + 1)), y * (4 * width + 1) + 1)
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Length, kind, data, and the checksum of kind and data. */
function chunk(kind: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(data.length + 12)
  bytes.writeUInt32BE(data.length, 0)
  bytes.write(kind, 4, 'latin1')
  bytes.set(data, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8)
  return bytes
}
