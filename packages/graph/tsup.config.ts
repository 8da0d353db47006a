import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { library } from '../../tsup.base.ts'

// Packages have no dependencies from outside: the layout library is bundled, with its licence, and so is the private charts package.
export default library({
  noExternal: ['@dagrejs/dagre', '@gosa/charts'],
  async onSuccess() {
    const dagre = createRequire(import.meta.url).resolve('@dagrejs/dagre/package.json')
    const graphlib = createRequire(dagre).resolve('@dagrejs/graphlib')
    const texts = [
      ['@dagrejs/dagre', join(dirname(dagre), 'LICENSE')],
      ['@dagrejs/graphlib', join(dirname(graphlib), '../LICENSE')],
    ].map(([name, file]) => `${name}, part of this package\n\n${readFileSync(file, 'utf8')}`)
    writeFileSync('dist/THIRD-PARTY-LICENSES.txt', texts.join('\n'))
  },
})
