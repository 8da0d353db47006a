import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { library } from '../../tsup.base.ts'

// The layout library is carried in dist, since packages have no dependency from outside; its licence goes with it.
export default library({
  noExternal: ['@dagrejs/dagre'],
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
