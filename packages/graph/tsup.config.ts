import { library, writeLicenses } from '../../tsup.base.ts'

// Packages have no dependencies from outside: the layout library is bundled, with its licences, and so is the private charts package.
export default library({
  noExternal: ['@dagrejs/dagre', '@gosa/charts'],
  onSuccess: async () =>
    writeLicenses(import.meta.url, [['@dagrejs/dagre'], ['@dagrejs/dagre', '@dagrejs/graphlib']]),
})
