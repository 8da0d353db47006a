/** The pictures and plots of chapters 7 and 8: convolution, im2col, pooling, and what filters learn. */
import { Convolution, col2im, im2col, MaxPooling } from '@gosa/layers'
import { arange, ones, type Tensor, tensor } from '@gosa/linalg'
import { SimpleConvNet } from '@gosa/networks'
import { Adam } from '@gosa/optim'
import type { Plot } from './chapter-6.ts'
import { cells, label, svgDocument } from './document.ts'
import { accuracyOf, asImages, first, mnist, train } from './training.ts'

const SIDE = 34

type Numbers = readonly (readonly number[])[]
interface Place {
  readonly x: number
  readonly y: number
}

/** A matrix as numbers in boxes. */
function numbers(values: Numbers, { x, y }: Place, side = SIDE): string {
  return values
    .flatMap((row, i) =>
      row.map((value, j) => {
        const [left, top] = [x + j * side, y + i * side]
        return `<rect class="box" x="${left}" y="${top}" width="${side}" height="${side}"/>${label(left + side / 2, top + side / 2 + 5, String(value), 'number')}`
      }),
    )
    .join('')
}

/** A coloured frame over some boxes. */
const frame = (
  kind: string,
  { x, y }: Place,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
  side = SIDE,
) =>
  `<rect class="${kind}" x="${x + column * side}" y="${y + row * side}" width="${columns * side}" height="${rows * side}"/>`

const arrow = (x: number, y: number) => `<path class="arrow" d="M${x} ${y}h26m-7 -5l7 5l-7 5"/>`

const matrixOf = (values: Tensor): Numbers => values.toArray() as number[][]

const IMAGE = tensor([1, 2, 3, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 3, 0, 1], { shape: [1, 1, 4, 4] })
const FILTER = tensor([2, 0, 1, 0, 1, 2, 1, 0, 2], { shape: [1, 1, 3, 3] })

/** Section 7.2.2. */
export function convolution(): Plot {
  const output = new Convolution(FILTER, tensor([0])).forward(IMAGE).reshape([2, 2])
  const [image, filter, result] = [
    { x: 20, y: 34 },
    { x: 210, y: 51 },
    { x: 370, y: 68 },
  ]
  const body = [
    label(image.x + 2 * SIDE, 22, 'image'),
    numbers(matrixOf(IMAGE.reshape([4, 4])), image),
    frame('window', image, [0, 1], [3, 3]),
    label(182, 108, '∗', 'number'),
    label(filter.x + 1.5 * SIDE, 39, 'filter'),
    numbers(matrixOf(FILTER.reshape([3, 3])), filter),
    arrow(328, 102),
    label(result.x + SIDE, 56, 'output'),
    numbers(matrixOf(output), result),
    frame('window', result, [0, 1], [1, 1]),
  ]
  const title = 'A filter of 3×3 slides over an image of 4×4 and gives an output of 2×2'
  const description =
    'The framed window of the image, multiplied with the filter and added up, gives the framed number, 16.'
  return { svg: svgDocument({ width: 470, height: 190, title, description }, body.join('\n')) }
}

/** Section 7.4.3: windows become rows. */
export function im2colPicture(): Plot {
  const nine = arange(1, 10).reshape([1, 1, 3, 3])
  const rows = matrixOf(im2col(nine, { kernel: 2 }))
  const [image, matrix] = [
    { x: 20, y: 51 },
    { x: 190, y: 34 },
  ]
  const body = [
    label(image.x + 1.5 * SIDE, 39, 'image'),
    numbers(matrixOf(nine.reshape([3, 3])), image),
    frame('window', image, [1, 0], [2, 2]),
    arrow(142, 102),
    label(matrix.x + 2 * SIDE, 22, 'im2col: one window per row'),
    numbers(rows, matrix),
    frame('window', matrix, [2, 0], [1, 4]),
  ]
  const title = 'im2col copies each window of 2×2 pixels into a row'
  const description = 'The window at the bottom left, 4 5 7 8, is the third row of the matrix.'
  return { svg: svgDocument({ width: 350, height: 190, title, description }, body.join('\n')) }
}

/** Section 7.4.3: each pixel gets back as many gradients as windows saw it. */
export function col2imPicture(): Plot {
  const counts = matrixOf(col2im(ones([4, 4]), [1, 1, 3, 3], { kernel: 2 }).reshape([3, 3]))
  const windows = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const
  const pixel = [1, 1] as const
  const small = 22
  const body = windows.flatMap((corner, i) => {
    const place = { x: 20 + i * 84, y: 40 }
    const marks = Array.from({ length: 3 }, (_, y) =>
      Array.from({ length: 3 }, (_, x) =>
        y >= corner[0] && y < corner[0] + 2 && x >= corner[1] && x < corner[1] + 2 ? 1 : 0,
      ),
    )
    return [
      label(place.x + 1.5 * small, 28, `window ${i + 1}`),
      numbers(marks, place, small),
      frame('window', place, corner, [2, 2], small),
      frame('winner', place, pixel, [1, 1], small),
      i < 3 ? label(place.x + 3 * small + 9, 78, '+') : arrow(place.x + 3 * small + 8, 73),
    ]
  })
  const sum = { x: 400, y: 40 }
  body.push(
    label(sum.x + 1.5 * small, 28, 'col2im'),
    numbers(counts, sum, small),
    frame('winner', sum, pixel, [1, 1], small),
  )
  const title = 'col2im adds: a pixel gets back as many gradients as windows saw it'
  const description =
    'Four windows of 2×2 ones on an image of 3×3: the corners are in one window, the edges in two, the middle in four.'
  return { svg: svgDocument({ width: 490, height: 126, title, description }, body.join('\n')) }
}

/** Section 7.3: forwards the largest pixel of each window, backwards the gradient to where it was. */
export function pooling(): Plot {
  const layer = new MaxPooling({ size: 2 })
  const output = matrixOf(layer.forward(IMAGE).reshape([2, 2]))
  const dout = tensor([10, 20, 30, 40], { shape: [1, 1, 2, 2] })
  const dx = matrixOf(layer.backward(dout).reshape([4, 4]))
  const places = [20, 200, 310, 422].map((x, i) => ({ x, y: i % 3 === 0 ? 34 : 68 }))
  const corners = [0, 2].flatMap((y) => [0, 2].map((x) => [y, x] as const))
  const windows = (place: Place) => corners.map((corner) => frame('window', place, corner, [2, 2])).join('')
  const winners = dx.flatMap((row, y) => row.flatMap((value, x) => (value === 0 ? [] : [[y, x] as const])))
  const marks = (place: Place) => winners.map((at) => frame('winner', place, at, [1, 1])).join('')
  const body = [
    label(places[0].x + 2 * SIDE, 22, 'image'),
    numbers(matrixOf(IMAGE.reshape([4, 4])), places[0]),
    windows(places[0]),
    marks(places[0]),
    arrow(163, 102),
    label(places[1].x + SIDE, 56, 'maximum'),
    numbers(output, places[1]),
    label(places[2].x + SIDE, 56, 'dout'),
    numbers(matrixOf(dout.reshape([2, 2])), places[2]),
    arrow(387, 102),
    label(places[3].x + 2 * SIDE, 22, 'dx'),
    numbers(dx, places[3]),
    marks(places[3]),
  ]
  const title = 'Max pooling of 2×2, forwards and backwards'
  const description =
    'Each window keeps its largest pixel; on the way back the gradient goes to that pixel, and the others get 0.'
  return { svg: svgDocument({ width: 576, height: 190, title, description }, body.join('\n')) }
}

/** Thirty filters of 5×5 in three lines. */
function filterSheet(filters: Tensor, { x, y }: Place): string {
  const side = 8
  const [F] = filters.shape
  return Array.from({ length: F }, (_, n) => {
    const place = { x: x + (n % 10) * (5 * side + 7), y: y + Math.floor(n / 10) * (5 * side + 7), side }
    return cells(matrixOf(filters.row(n).row(0)), place)
  }).join('')
}

/** Section 7.6.1: the filters of SimpleConvNet before and after an epoch on MNIST, 600 steps of 100 images with Adam. */
export async function filters(): Promise<Plot> {
  const { train: digits, test } = await mnist()
  const network = new SimpleConvNet()
  const before = network.params.W1.clone()
  const optimizer = new Adam({ learningRate: 0.001 })
  train({ network, optimizer, digits: asImages(digits), steps: 600 })
  const figures = {
    'first 1000 training images': accuracyOf(network, asImages(first(digits, 1000))).toFixed(4),
    'test images': accuracyOf(network, asImages(test)).toFixed(4),
  }
  const body = [
    label(20, 22, 'before', 'start title'),
    filterSheet(before, { x: 20, y: 34 }),
    label(20, 200, 'after 600 steps', 'start title'),
    filterSheet(network.params.W1, { x: 20, y: 212 }),
  ]
  const title = 'The 30 filters of SimpleConvNet before and after 600 steps on MNIST'
  const description = `Before they are noise; afterwards many have a light and a dark side, as edges have. Test accuracy ${figures['test images']}.`
  return { figures, svg: svgDocument({ width: 506, height: 366, title, description }, body.join('\n')) }
}
