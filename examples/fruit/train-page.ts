import { parseCsv, tableDataset } from '@gosa/datasets'
import { SoftmaxWithLoss } from '@gosa/losses'
import { buildLayers, Network } from '@gosa/networks'
import { evaluate } from '@gosa/training'
import { fitInWorker } from '@gosa/training/browser'

const input = document.querySelector('input') as HTMLInputElement
const stop = document.querySelector('button') as HTMLButtonElement
const answer = document.querySelector('output') as HTMLOutputElement

async function train(file: File): Promise<string> {
  const table = parseCsv(await file.text(), { file: file.name })
  const { train, test, names, classes } = tableDataset(table, { target: 'kind', task: 'classification' })
  const network = new Network({
    ...buildLayers({
      inputShape: [names.length],
      layers: [{ type: 'affine', units: 16 }, { type: 'relu' }, { type: 'affine', units: classes.length }],
    }),
    loss: new SoftmaxWithLoss(),
  })
  const controller = new AbortController()
  stop.onclick = () => controller.abort()
  stop.disabled = false
  const { history } = await fitInWorker(network, train, {
    epochs: 50,
    signal: controller.signal,
    onEpoch: ({ epoch, loss }) => {
      answer.value = `epoch ${epoch}, loss ${loss.toFixed(3)}`
    },
  })
  stop.disabled = true
  const { accuracy } = evaluate(network, test, { metrics: ['accuracy'] })
  return `accuracy ${accuracy.toFixed(2)} after ${history.length} epochs`
}

input.onchange = async () => {
  const [file] = input.files ?? []
  answer.value = await train(file).catch((error) => error.message)
}
