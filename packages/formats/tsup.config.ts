import { library } from '../../tsup.base.ts'

// Not split: the entries share a few lines, and each further file costs 2 to 3 ms of the import of networks.
export default library({ entry: ['src/index.ts', 'src/protobuf.ts'], splitting: false })
