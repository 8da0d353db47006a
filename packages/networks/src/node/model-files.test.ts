import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tensor } from '@gosa/linalg'
import { afterAll, describe, expect, it } from 'vitest'
import { TwoLayerNet } from '../index.ts'
import { readModel, writeModel } from '../node.ts'

const folder = mkdtempSync(join(tmpdir(), 'gosa-model-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('Model files', () => {
  const network = new TwoLayerNet({ inputSize: 2, hiddenSize: 3, outputSize: 2 })
  const file = join(folder, 'model.safetensors')

  it('are written and read', async () => {
    await writeModel(file, network, { columns: ['a', 'b'], classes: ['no', 'yes'] })
    const model = await readModel(file)
    expect(model.network.predict(tensor([[1, 2]]))).toEqual(network.predict(tensor([[1, 2]])))
    expect(model.predict({ a: 1, b: 2 }).probabilities).toHaveProperty('yes')
  })

  it('leave nothing half-written, and are named in errors', async () => {
    await expect(writeModel(join(folder, 'none', 'model'), network)).rejects.toThrow('ENOENT')
    await expect(writeModel(file, network, { columns: ['a'] })).rejects.toThrow('there are 1 columns')
    expect(readdirSync(folder)).toEqual(['model.safetensors'])
    writeFileSync(file, 'text')
    await expect(readModel(file)).rejects.toThrow(`${file}: safetensors: `)
  })
})
