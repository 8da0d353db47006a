import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { difference } from '../checks/src/examples/output.ts'
import { browserTest, withChromium } from '../vitest.chromium.ts'
import { blocks, path, read, run, served, steps } from './guide.testing.ts'

const guide = read('../docs/from-start-to-web-page.md')
const block = (wanted: string) => blocks(guide).find(([language]) => language === wanted)?.[1] ?? ''
/** A PNG file of a 7, 120 × 160 pixels, as a drawing program saves it. */
const SEVEN = readFileSync(path('seven.png'))

/** The folder in which the commands run, in place of the repository's root. */
const root = mkdtempSync(join(tmpdir(), 'gosa-guide-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the guide', () => {
  it('shows the output of each command of the trainer, in order', async () => {
    mkdirSync(join(root, 'gosa-runs'))
    writeFileSync(join(root, 'digit.png'), SEVEN)
    const trainerSteps = steps(guide).filter(({ command }) => command.startsWith('npm start -- '))
    expect(trainerSteps.map(({ command }) => command.split(' ')[3])).toEqual([
      ...['--epochs', 'evaluate', 'predict', 'export', 'export', 'import'],
    ])
    for (const { command, output } of trainerSteps) {
      const words = command.replace('npm start -- ', '').split(' ')
      const { code, stdout, stderr } = await run(
        process.execPath,
        [path('../apps/trainer/dist/main.js'), ...words],
        root,
      )
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' })
      expect(difference(stdout.trimEnd().split('\n'), output.split('\n'))).toBeUndefined()
    }
  }, 600_000)

  const PYTHON = '/usr/bin/python3'
  const hasNumPy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0
  if (!hasNumPy) console.log('left out, since NumPy was not found (python3-numpy): the Python of the guide')

  it.skipIf(!hasNumPy)('shows the output of its Python program', async () => {
    const program = block('python')
    const [, claimed] = / {2}# (.*)$/m.exec(program) ?? []
    const { stdout, stderr } = await run(PYTHON, ['-c', program], root)
    expect({ stdout, stderr }).toEqual({ stdout: `${claimed}\n`, stderr: '' })
  })

  it('shows the files of examples/digit-reader', () => {
    expect(`${block('html')}\n`).toBe(read('digit-reader/index.html'))
    expect(`${block('ts')}\n`).toBe(read('digit-reader/page.ts'))
  })

  it('has the same commands and files in Japanese', () => {
    const translated = read('../docs/from-start-to-web-page.ja.md')
    expect(steps(translated)).toEqual(steps(guide))
    expect(blocks(translated)).toEqual(blocks(guide))
  })
})

describe('the page of the guide', () => {
  const folder = join(root, 'page')

  browserTest('reads what is drawn on it', async () => {
    mkdirSync(folder)
    symlinkSync(path('node_modules'), join(folder, 'node_modules'), 'junction')
    writeFileSync(join(folder, 'index.html'), block('html'))
    writeFileSync(join(folder, 'page.ts'), block('ts'))
    copyFileSync(join(root, 'gosa-runs/mine/model.safetensors'), join(folder, 'model.safetensors'))
    await served(guide, folder, (address) =>
      withChromium(async (browser) => {
        const page = await browser.newPage()
        const faults: string[] = []
        page.on('pageerror', ({ message }) => faults.push(message))
        await page.goto(address)
        const canvas = await page.locator('canvas').boundingBox()
        const answer = page.locator('output')
        const draw = async (...points: [x: number, y: number][]) => {
          const [first, ...rest] = points.map(
            ([x, y]) => [(canvas?.x ?? 0) + x, (canvas?.y ?? 0) + y] as const,
          )
          await page.mouse.move(...first)
          await page.mouse.down()
          for (const point of rest) await page.mouse.move(...point, { steps: 10 })
          await page.mouse.up()
        }
        const clear = () => page.getByRole('button', { name: 'Clear' }).click()

        await draw([80, 60], [200, 60], [130, 230])
        expect(await answer.textContent()).toMatch(/^7 \(\d+ %\)$/)
        await clear()
        expect(await answer.textContent()).toBe('')
        await draw([140, 50], [140, 230])
        expect(await answer.textContent()).toMatch(/^1 \(\d+ %\)$/)
        await clear()
        await draw([150, 40], [90, 150], [210, 150])
        await draw([170, 90], [165, 240])
        expect(await answer.textContent()).toMatch(/^4 \(\d+ %\)$/)
        expect(faults).toEqual([])
      }),
    )
  })
})
