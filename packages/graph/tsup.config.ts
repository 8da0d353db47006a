import { library, writeLicenses } from '../../tsup.base.ts'

// The layout library is bundled, because packages have no dependencies from outside; its licences are included.
export default library({
  noExternal: ['@dagrejs/dagre'],
  onSuccess: async () =>
    writeLicenses(import.meta.url, [['@dagrejs/dagre'], ['@dagrejs/dagre', '@dagrejs/graphlib']]),
})
