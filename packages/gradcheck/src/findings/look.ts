import type { Finding } from '../report/report.ts'
import { accumulation } from './accumulation.ts'
import type { Context } from './context.ts'
import { finite } from './finite.ts'
import { form } from './form.ts'
import { linear } from './linear.ts'
import { mutation } from './mutation.ts'
import { repeat } from './repeat.ts'

/** Looks at everything but the values of the gradients; what is not repeatable or not finite makes the rest pointless. */
export function look(context: Context): Finding[] {
  const basic = [...mutation(context), ...repeat(context), ...finite(context)]
  if (basic.some(({ name }) => name === 'not-repeatable' || name === 'not-finite')) return basic
  return [...basic, ...form(context), ...linear(context), ...accumulation(context)]
}
