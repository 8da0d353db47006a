import { readFileSync } from 'node:fs'
import { compress, createRng, matmul, randomNormal, setBackend, Tensor, takeRows, zeros } from '@gosa/linalg'
import { setThreads } from '@gosa/linalg/node'
import { TwoLayerNet } from '@gosa/networks'
import { SGD } from '@gosa/optim'
import { serve } from '../contender.mjs'

const [folder, backend, storage, threads = '1'] = process.argv.slice(2)
const { version } = JSON.parse(readFileSync(new URL('../../packages/linalg/package.json', import.meta.url)))
let engine = `${version}, Node ${process.version}`
if (backend === 'blas') {
  const blas = await orAbsent(async () => (await import('@gosa/blas')).useBlas())
  engine += `, ${blas.name} ${blas.version}`
} else {
  setBackend(
    backend === 'fma' ? await orAbsent(async () => (await import('@gosa/linalg/fma')).fma()) : backend,
  )
}
setThreads(Number(threads))
const pixels = readFileSync(`${folder}/images`)
const labels = readFileSync(`${folder}/labels`)
const rng = createRng(1)
const dense = new Tensor(
  Float32Array.from(pixels, (pixel) => pixel / 255),
  [pixels.length / 784, 784],
)
const images = storage === 'compressed' ? compress(dense) : dense

/** Returns what `create` gives; reports the contender as absent if the machine lacks what it needs. */
async function orAbsent(create) {
  try {
    return await create()
  } catch (error) {
    console.log(JSON.stringify({ absent: error.message }))
    process.exit()
  }
}

const network = (hiddenSize, dtype = 'float32') =>
  new TwoLayerNet({ inputSize: 784, hiddenSize, outputSize: 10, rng, dtype })

const prepare = {
  step({ hidden, batch }) {
    const net = network(hidden)
    const optimizer = new SGD({ learningRate: 0.1 })
    const parameters = net.parameters()
    const drawn = new Int32Array(batch)
    const t = new Uint8Array(batch)
    let x
    return () => {
      for (let i = 0; i < batch; i++) drawn[i] = rng.integer(labels.length)
      for (let i = 0; i < batch; i++) t[i] = labels[drawn[i]]
      x = takeRows(images, drawn, { out: x })
      net.gradient(x, t)
      optimizer.step(parameters)
    }
  },
  predict({ rows }) {
    const net = network(50)
    const x =
      rows === 1
        ? dense.rows(0, 1)
        : takeRows(
            images,
            Int32Array.from({ length: rows }, (_, i) => i),
          )
    return () => net.predict(x)
  },
  matmul({ size, dtype }) {
    const [a, b] = [0, 1].map(() => randomNormal([size, size], { rng, dtype }))
    const out = zeros([size, size], { dtype })
    return () => matmul(a, b, { out })
  },
  numericalGradient() {
    const net = network(50, 'float64')
    const three = takeRows(images, [0, 1, 2]).astype('float64')
    const x = storage === 'compressed' ? compress(three) : three
    const t = Uint8Array.from(labels.subarray(0, 3))
    return () => net.numericalGradient(x, t)
  },
}

await serve(engine, (task) => prepare[task.kind](task))
