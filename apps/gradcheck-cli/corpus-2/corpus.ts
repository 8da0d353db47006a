import type { Case } from './case.ts'
import { attention } from './first/attention.ts'
import { geometry } from './first/geometry.ts'
import { interpolation } from './first/interpolation.ts'
import { matrixFunctions } from './first/matrix-functions.ts'
import { normalization } from './first/normalization.ts'
import { ode } from './first/ode.ts'
import { physics } from './first/physics.ts'
import { specialFunctions } from './first/special-functions.ts'
import { statistics } from './first/statistics.ts'
import { acoustics } from './second/acoustics.ts'
import { applied } from './second/applied.ts'
import { distributionsAndEarth } from './second/distributions-and-earth.ts'
import { float32AndQuantization } from './second/float32-and-quantization.ts'
import { pooling } from './second/pooling.ts'
import { recurrent } from './second/recurrent.ts'
import { solvers } from './second/solvers.ts'
import { stateAndRandomness } from './second/state-and-randomness.ts'

/** The half that was written first. */
export const first: Case[] = [
  ...attention,
  ...geometry,
  ...interpolation,
  ...matrixFunctions,
  ...normalization,
  ...ode,
  ...physics,
  ...specialFunctions,
  ...statistics,
]

/** The half that was written last, from other fields. */
export const second: Case[] = [
  ...acoustics,
  ...applied,
  ...distributionsAndEarth,
  ...float32AndQuantization,
  ...pooling,
  ...recurrent,
  ...solvers,
  ...stateAndRandomness,
]
