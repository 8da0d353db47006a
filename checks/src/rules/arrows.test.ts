import { describe, expect, it } from 'vitest'
import { isPublic, readWorkspaces, type Workspace } from '../repository.ts'
import { arrowFaults, nodeFaults } from './arrows.ts'

const all = readWorkspaces()

describe('the arrows between packages', () => {
  it.each(all.filter(({ folder }) => /^(packages|apps)\//.test(folder)))(
    '$folder depends on what is drawn for it, and imports only that',
    (workspace) => expect(arrowFaults(workspace, all)).toEqual([]),
  )

  it.each(all.filter(({ folder }) => folder.startsWith('packages/')))(
    '$folder imports modules of Node behind its subpath node alone',
    (workspace) => expect(nodeFaults(workspace)).toEqual([]),
  )

  it('are all checked, with the tarballs, after a build of every public package', () => {
    const checks = all.find(({ folder }) => folder === 'checks')
    const published = all.filter(isPublic).map(({ manifest }) => manifest.name)
    expect(Object.keys(checks?.manifest.devDependencies ?? {})).toEqual(expect.arrayContaining(published))
  })
})

describe('a planted fault is found:', () => {
  const optim = (dependencies: string[], source: string, path = 'src/sgd.ts'): Workspace => ({
    folder: 'packages/optim',
    manifest: {
      name: '@gosa/optim',
      dependencies: Object.fromEntries(dependencies.map((name) => [name, 'workspace:^'])),
    },
    sources: { [path]: source },
  })

  it('a dependency that is not drawn', () => {
    expect(arrowFaults(optim(['@gosa/layers'], "import { Relu } from '@gosa/layers'"), [])).toEqual([
      '@gosa/optim: depends on @gosa/layers, but may only on linalg',
    ])
  })

  it('a dependency from outside', () => {
    expect(arrowFaults(optim(['lodash'], "export { map } from 'lodash'"), [])).toEqual([
      '@gosa/optim: depends on lodash, but may only on linalg',
    ])
  })

  it('a library that a package may carry, in one that does not bundle it', () => {
    const graph = (devDependencies: Record<string, string>) => ({
      folder: 'packages/graph',
      manifest: { name: '@gosa/graph', devDependencies },
      sources: { 'src/layout.ts': "import { layout } from '@dagrejs/dagre'" },
    })
    expect(arrowFaults(graph({ '@dagrejs/dagre': 'catalog:' }), [])).toEqual([])
    expect(arrowFaults(graph({}), [])).toEqual([
      '@gosa/graph: packages/graph/src/layout.ts imports @dagrejs/dagre, which is not among its dependencies',
    ])
    expect(arrowFaults(optim([], "import { layout } from '@dagrejs/dagre'"), [])).toHaveLength(1)
  })

  it.each([
    ["import { dot } from '@gosa/linalg'"],
    ["export { dot } from '@gosa/linalg'"],
    ["export type { Tensor } from '@gosa/linalg/fma'"],
    ["const { dot } = await import('@gosa/linalg')"],
    ["let x: import('@gosa/linalg').Tensor"],
  ])('an import of what is not declared: %s', (source) => {
    expect(arrowFaults(optim([], source), [])).toEqual([
      '@gosa/optim: packages/optim/src/sgd.ts imports @gosa/linalg, which is not among its dependencies',
    ])
  })

  it('a dependency that nothing imports, or a test alone', () => {
    const fault = ['@gosa/optim: depends on @gosa/linalg, but no source imports it']
    expect(arrowFaults(optim(['@gosa/linalg'], '// import nothing from "@gosa/linalg"'), [])).toEqual(fault)
    const test = optim(['@gosa/linalg'], "import { dot } from '@gosa/linalg'", 'src/sgd.test.ts')
    expect(arrowFaults(test, [])).toEqual(fault)
  })

  it('a package that nobody drew', () => {
    const stranger = { folder: 'packages/x', manifest: { name: '@gosa/x' }, sources: {} }
    expect(arrowFaults(stranger, [])).toEqual([
      '@gosa/x: is not in the drawing of checks/src/rules/drawing.ts',
    ])
  })

  it('an app that carries a private package and does not declare what that imports', () => {
    const kit = {
      folder: 'packages/kit',
      manifest: { name: '@gosa/kit', private: true, exports: { '.': {} }, dependencies: { commander: '1' } },
      sources: { 'src/index.ts': "import { Command } from 'commander'" },
    }
    const app = {
      folder: 'apps/app',
      manifest: { name: '@gosa/app', devDependencies: { '@gosa/kit': 'workspace:^' } },
      sources: { 'src/main.ts': "import { run } from '@gosa/kit'" },
    }
    expect(arrowFaults(app, [app, kit])).toEqual([
      '@gosa/app: packages/kit/src/index.ts imports commander, which is not among its dependencies',
    ])
    const unused = { ...kit, sources: { 'src/index.ts': '', 'src/other.ts': kit.sources['src/index.ts'] } }
    expect(arrowFaults(app, [app, unused])).toEqual([])
  })

  it("Node's modules in what browsers load, be it through other files", () => {
    const sources = {
      'src/index.ts': "export { read } from './read.ts'",
      'src/node.ts': "export { write } from './write.ts'",
      'src/read.ts': "import { readFileSync } from 'node:fs'",
      'src/write.ts': "import { writeFileSync } from 'node:fs'",
    }
    const manifest = { name: '@gosa/x', exports: { '.': {}, './node': {} } }
    expect(nodeFaults({ folder: 'packages/x', manifest, sources })).toEqual([
      "@gosa/x: src/read.ts imports a module of Node's; that belongs behind the subpath node",
    ])
  })
})
