import type { Learnt } from './learnt.ts'
import { learn } from './model/learn.ts'

const { params } = learn()
const learnt: Learnt = Object.entries(params).map(([name, { data, shape }]) => [name, data.slice(), shape])
postMessage(learnt)
