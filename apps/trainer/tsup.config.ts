import { command, PRIVATE_PACKAGES, writeLicenses } from '../../tsup.base.ts'

export default command({
  // Bundled, valibot costs 2 ms of the start; loaded as a package, 8 ms.
  noExternal: [...PRIVATE_PACKAGES, 'valibot'],
  onSuccess: async () =>
    writeLicenses(import.meta.url, [
      ['valibot'],
      ['@gosa/charts', 'd3-array'],
      ['@gosa/charts', 'd3-array', 'internmap'],
    ]),
})
