import { command, PRIVATE_PACKAGES } from '../../tsup.base.ts'

// Bundled, valibot costs 2 ms of the start; loaded as a package, 8 ms.
export default command({ noExternal: [...PRIVATE_PACKAGES, 'valibot'] })
