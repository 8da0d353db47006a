import { createReadStream } from 'node:fs'
import { parseCsvStream, tableDataset } from '@gosa/datasets'
import { SoftmaxWithLoss } from '@gosa/losses'
import { buildLayers, Network } from '@gosa/networks'
import { readModel, writeModel } from '@gosa/networks/node'
import { evaluate, fit } from '@gosa/training'

const table = await parseCsvStream(createReadStream('fruit.csv'), { file: 'fruit.csv' })
const { train, test, names, classes, preprocessing } = tableDataset(table, {
  target: 'kind',
  task: 'classification',
})
console.log(names.join(', '))
console.log(`${train.t.length} rows for training, ${test.t.length} for testing`)

const network = new Network({
  ...buildLayers({
    inputShape: [names.length],
    layers: [{ type: 'affine', units: 16 }, { type: 'relu' }, { type: 'affine', units: classes.length }],
  }),
  loss: new SoftmaxWithLoss(),
})
await fit(network, train, { epochs: 50 })
console.log(`accuracy ${evaluate(network, test, { metrics: ['accuracy'] }).accuracy.toFixed(2)}`)

await writeModel('fruit.safetensors', network, { preprocessing })
const model = await readModel('fruit.safetensors')
console.log(model.predict({ weight: 120, diameter: 60, colour: 'yellow' }).class)
