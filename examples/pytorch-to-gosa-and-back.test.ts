import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import type { Tensor } from '@gosa/linalg'
import { afterAll, describe, expect, it } from 'vitest'
import { path, read, run, steps } from './guide.testing.ts'

const PYTHON = '/usr/bin/python3'
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0
if (!hasTorch)
  console.log('left out (PyTorch not found; install python3-torch): the guide from PyTorch to Gosa and back')

const folder = mkdtempSync(join(tmpdir(), 'gosa-pytorch-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the guide from PyTorch to Gosa and back', () => {
  it('has the same commands in both languages', () => {
    const [english, japanese] = ['', '.ja'].map((twin) =>
      steps(read(`../docs/pytorch-to-gosa-and-back${twin}.md`)),
    )
    expect(english).toHaveLength(4)
    expect(japanese).toEqual(english)
  })

  it.skipIf(!hasTorch)(
    'shows the output of each command, in order: logits agree after each move',
    async () => {
      for (const { command, output } of steps(read('../docs/pytorch-to-gosa-and-back.md'))) {
        const [program, script, ...words] = command.split(' ')
        const given = [path(script.replace('examples/', './')), ...words]
        const { code, stdout, stderr } = await run(
          program === 'node' ? process.execPath : PYTHON,
          given,
          folder,
        )
        expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' })
        expect(stdout.trim()).toBe(output)
      }
    },
    600_000,
  )

  it.skipIf(!hasTorch)(
    'says so and fails if the logits are not those of the weights',
    async () => {
      const file = join(folder, 'again.safetensors')
      const { tensors } = decodeSafetensors(readFileSync(file))
      const bias = tensors['6.bias'] as Tensor
      bias.data[0] += 1
      writeFileSync(file, encodeSafetensors(tensors as Record<string, Tensor>))
      const { code, stdout } = await run(PYTHON, [path('./pytorch/convnet.py'), 'compare', file], folder)
      expect([code, stdout.trim()]).toEqual([1, 'relative difference of the logits below 1e-5: False'])
    },
    600_000,
  )
})
