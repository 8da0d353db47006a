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
import { pooling } from './second/pooling.ts'
import { recurrent } from './second/recurrent.ts'

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
export const second: Case[] = [...pooling, ...recurrent]
