/** Generators for shards: each shard of a step draws from its own, whichever process computes it. */
import { createRng, type RngState } from '@gosa/linalg'

/** States of generators in lists, as `Network.randomState` has them; `undefined` stands for layers that are not random. */
type States = RngState | undefined | readonly States[]

/** Returns the states for a shard of this step: seeded by draw number `shard` of the given ones. */
export const shardRandomState = (states: unknown, shard: number): unknown =>
  mapStates(states as States, (state) => {
    const rng = createRng(state)
    for (let i = 0; i < shard; i++) rng.integer(2 ** 32)
    return createRng(rng.integer(2 ** 32)).state
  })

/** Returns the states for the next step: seeded by the first draw of a second generator, so that no shard has the same. */
export const nextRandomState = (states: unknown): unknown =>
  mapStates(states as States, (state) => {
    const rng = createRng(state)
    return createRng(rng.integer(2 ** 32) + 2 ** 32 * (1 + rng.integer(2 ** 20))).state
  })

function mapStates(states: States, of: (state: RngState) => RngState): States {
  if (states === undefined || states === null) return states
  return 'algorithm' in states ? of(states) : states.map((one) => mapStates(one, of))
}
