import { ACTIVATIONS, type Activation } from '@gosa/networks'
import { ModelError } from './model-error.ts'

/** The activation that a file's metadata name, undefined where they name none. Throws a `ModelError` for another word. */
export function activationIn({ activation }: Readonly<Record<string, string>>): Activation | undefined {
  const known = ACTIVATIONS.find((name) => name === activation)
  if (activation !== undefined && !known) {
    throw new ModelError(`its activation is '${activation}', not one of ${ACTIVATIONS.join(', ')}`)
  }
  return known
}
