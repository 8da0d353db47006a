import { command } from '../../tsup.base.ts'

export default command()
