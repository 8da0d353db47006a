import { createRng } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import { layerCases } from './layer-cases.ts'
import { lossCases } from './loss-cases.ts'
import { networkCases } from './network-cases.ts'

/** Every built-in layer, loss and network, at values that the seed decides. */
export const suiteCases = (seed: number): Case[] =>
  [layerCases, lossCases, networkCases].flatMap((cases) => cases(createRng(seed)))
