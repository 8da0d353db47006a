import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, transform } from 'esbuild'
import { build as buildByVite } from 'vite'
import { afterAll, describe, expect, it } from 'vitest'
import { difference } from '../checks/src/examples/output.ts'
import { browserTest, withChromium } from '../vitest.chromium.ts'
import { blocks, path, read, run, served, servedFiles, steps, whileServing } from './guide.testing.ts'

const guide = read('../docs/your-own-data.md')
const MAIN = path('../apps/trainer/dist/main.js')

/** The folder in which the commands run, in place of the repository's root. */
const root = mkdtempSync(join(tmpdir(), 'gosa-own-data-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The lines of an output that are indented in the guide after these words. */
const outputAfter = (words: string) =>
  guide
    .slice(guide.indexOf(words) + words.length)
    .trim()
    .split('\n\n')[0]
    .replace(/^ {4}/gm, '')
    .split('\n')

describe('the guide to tables of your own', () => {
  it('shows the output of each command, in order', async () => {
    mkdirSync(join(root, 'gosa-runs'))
    const made = await run(process.execPath, [path('fruit/make-table.mjs')], root)
    writeFileSync(join(root, 'fruit.csv'), made.stdout)
    expect(made.stdout.trimEnd().split('\n')).toHaveLength(301)
    const [title, row] = steps(guide).flatMap(({ command }) => /^echo "(.*)" >/.exec(command)?.[1] ?? [])
    writeFileSync(join(root, 'rows.csv'), `${title}\n${row}\n`)
    const trainerSteps = steps(guide).filter(({ command }) => command.startsWith('npm start -- '))
    expect(trainerSteps.map(({ command }) => command.split(' ')[3])).toEqual([
      '--data',
      'evaluate',
      'predict',
    ])
    for (const { command, output } of trainerSteps) {
      const words = command.replace('npm start -- ', '').split(' ')
      const { code, stdout, stderr } = await run(process.execPath, [MAIN, ...words], root)
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' })
      expect(difference(stdout.trimEnd().split('\n'), output.split('\n'))).toBeUndefined()
    }
  }, 600_000)

  it('shows what train.ts prints', async () => {
    const outfile = join(root, 'train.mjs')
    await build({
      ...{ entryPoints: [path('fruit/train.ts')], bundle: true, outfile, platform: 'node', format: 'esm' },
      logLevel: 'error',
    })
    const { stdout, stderr } = await run(process.execPath, [outfile], root)
    expect(stderr).toBe('')
    expect(difference(stdout.trimEnd().split('\n'), outputAfter('It prints'))).toBeUndefined()
  }, 600_000)

  it('has a server that answers rows, and says what is wrong with others', async () => {
    await whileServing([process.execPath, [path('fruit/server.mjs'), '0'], root], async (address) => {
      const [row] = /\{"weight".*?\}/.exec(guide) ?? []
      const answer = await fetch(address, { method: 'POST', body: row })
      expect(await answer.json()).toMatchObject({
        class: 'lemon',
        probabilities: { lemon: expect.any(Number) },
      })
      const refused = await fetch(address, {
        method: 'POST',
        body: '{"weight": 118, "diameter": "wide", "colour": "red"}',
      })
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('diameter')])
    })
  }, 60_000)

  browserTest('has a page that predicts what is filled in', async () => {
    const folder = join(root, 'page')
    mkdirSync(folder)
    symlinkSync(path('node_modules'), join(folder, 'node_modules'), 'junction')
    for (const file of ['index.html', 'page.ts']) copyFileSync(path(`fruit/${file}`), join(folder, file))
    copyFileSync(join(root, 'gosa-runs/fruit/model.safetensors'), join(folder, 'model.safetensors'))
    await served(guide, folder, (address) =>
      withChromium(async (browser) => {
        const page = await browser.newPage()
        const faults: string[] = []
        page.on('pageerror', ({ message }) => faults.push(message))
        await page.goto(address)
        const answer = page.locator('output')
        await page.getByLabel('Colour').selectOption('orange')
        await expect.poll(() => answer.textContent()).toMatch(/^orange \(\d+ %\)$/)
        await page.getByLabel('Weight in g').fill('115')
        await page.getByLabel('Diameter in mm').fill('59')
        await page.getByLabel('Colour').selectOption('yellow')
        await expect.poll(() => answer.textContent()).toMatch(/^lemon \(\d+ %\)$/)
        await page.getByLabel('Weight in g').fill('')
        await expect.poll(() => answer.textContent()).toContain('weight')
        expect(faults).toEqual([])
      }),
    )
  })

  browserTest(
    'has a page that trains, bundled by esbuild or Vite, or as modules without a bundler',
    async () => {
      const bundled = async (name: string, make: (folder: string) => Promise<string>) => {
        const folder = join(root, name)
        mkdirSync(folder)
        for (const file of ['train.html', 'train-page.ts'])
          copyFileSync(path(`fruit/${file}`), join(folder, file))
        symlinkSync(path('node_modules'), join(folder, 'node_modules'), 'junction')
        return make(folder)
      }
      const pages = [
        await bundled('esbuild', async (folder) => {
          const entryPoints = [join(folder, 'train-page.ts')]
          const outfile = join(folder, 'train-page.js')
          await build({ entryPoints, outfile, bundle: true, minify: true, format: 'esm', logLevel: 'error' })
          return folder
        }),
        await bundled('vite', async (folder) => {
          const html = readFileSync(join(folder, 'train.html'), 'utf8')
          writeFileSync(join(folder, 'train.html'), html.replace('train-page.js', 'train-page.ts'))
          const rolldownOptions = { input: join(folder, 'train.html') }
          await buildByVite({
            ...{ root: folder, base: './', logLevel: 'error', configFile: false },
            build: { outDir: join(folder, 'dist'), rolldownOptions },
          })
          return join(folder, 'dist')
        }),
        await bundled('modules', async (folder) => {
          const text = readFileSync(join(folder, 'train-page.ts'), 'utf8')
          writeFileSync(join(folder, 'train-page.js'), (await transform(text, { loader: 'ts' })).code)
          const packages = [
            'linalg',
            'losses',
            'layers',
            'optim',
            'formats',
            'gradcheck',
            'networks',
            'training',
            'datasets',
          ]
          for (const name of packages)
            cpSync(path(`../packages/${name}/dist`), join(folder, name), { recursive: true })
          const imports = Object.fromEntries(
            packages.flatMap((name) => [
              [`@gosa/${name}`, `./${name}/index.js`],
              ...readdirSync(join(folder, name))
                .filter((file) => file.endsWith('.js') && file !== 'index.js')
                .map((file) => [`@gosa/${name}/${file.slice(0, -3)}`, `./${name}/${file}`]),
            ]),
          )
          const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`
          const html = readFileSync(join(folder, 'train.html'), 'utf8')
          writeFileSync(join(folder, 'train.html'), html.replace('</head>', `${map}</head>`))
          return folder
        }),
      ]
      const { stdout: table } = await run(process.execPath, [path('fruit/make-table.mjs')], root)
      const files = [{ name: 'fruit.csv', mimeType: 'text/csv', buffer: Buffer.from(table) }]
      const answers: (string | null)[] = []
      await withChromium(async (browser) => {
        for (const folder of pages) {
          await servedFiles(folder, async (address) => {
            const page = await browser.newPage()
            page.on('pageerror', ({ message }) => answers.push(message))
            await page.goto(`${address}train.html`)
            await page.locator('input').setInputFiles(files)
            const output = page.locator('output')
            await expect.poll(() => output.textContent(), { timeout: 60_000 }).toMatch(/^(?!epoch |$)/)
            answers.push(await output.textContent())
          })
        }
      })
      expect(answers).toEqual(
        Array(3).fill(expect.stringMatching(/^accuracy (0\.9\d|1\.00) after 50 epochs$/)),
      )
      expect(new Set(answers).size).toBe(1)
    },
  )

  it('shows the files of examples/fruit', () => {
    expect(blocks(guide).map(([, text]) => `${text}\n`)).toEqual(
      ['train.ts', 'server.mjs', 'index.html', 'page.ts', 'train.html', 'train-page.ts'].map((file) =>
        read(`fruit/${file}`),
      ),
    )
  })

  it('has the same commands and files in Japanese', () => {
    const translated = read('../docs/your-own-data.ja.md')
    expect(steps(translated)).toEqual(steps(guide))
    expect(blocks(translated)).toEqual(blocks(guide))
  })
})
