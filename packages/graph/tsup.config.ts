import { library } from '../../tsup.base.ts'

// The layout library is carried in dist with its licence: packages have no dependency from outside.
export default library({ noExternal: ['@dagrejs/dagre'] })
