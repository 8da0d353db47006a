import { strokesToMnistImage } from '@gosa/datasets'
import { argmax, tensor } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { decodeModel } from '@gosa/networks'

// The trained network.
const file = await fetch('model.safetensors')
const network = decodeModel(new Uint8Array(await file.arrayBuffer()))

const canvas = document.querySelector('canvas') as HTMLCanvasElement
const pen = canvas.getContext('2d') as CanvasRenderingContext2D
const answer = document.querySelector('output') as HTMLOutputElement
const button = document.querySelector('button') as HTMLButtonElement

// The drawing: strokes, each a list of points.
let strokes: [x: number, y: number][][] = []

canvas.onpointerdown = (event) => {
  canvas.setPointerCapture(event.pointerId)
  strokes.push([])
  draw(event)
}
canvas.onpointermove = (event) => {
  if (event.buttons > 0) draw(event)
}
canvas.onpointerup = read
button.onclick = clear
Object.assign(pen, { lineWidth: 20, lineCap: 'round', lineJoin: 'round' })

function draw({ offsetX, offsetY }: PointerEvent): void {
  const stroke = strokes[strokes.length - 1]
  stroke.push([offsetX, offsetY])
  pen.beginPath()
  pen.moveTo(...stroke[Math.max(0, stroke.length - 2)])
  pen.lineTo(offsetX, offsetY)
  pen.stroke()
}

function read(): void {
  const pixels = Array.from(strokesToMnistImage(strokes), (grey) => grey / 255)
  const probabilities = softmax(network.predict(tensor(pixels)))
  const digit = argmax(probabilities)
  answer.value = `${digit} (${Math.round(100 * probabilities.data[digit])} %)`
}

function clear(): void {
  strokes = []
  pen.clearRect(0, 0, canvas.width, canvas.height)
  answer.value = ''
}
