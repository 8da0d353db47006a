/** The worker that trains the network of the page Graph and posts its weights. */
import { pretrain } from './network.ts'
import type { PretrainedMessage } from './pretrained.ts'

const weights = Object.entries(pretrain().params)
const message: PretrainedMessage = weights.map(([name, { data, shape }]) => [name, data.slice(), shape])
postMessage(message)
