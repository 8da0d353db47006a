/**
 * 256 bytes that one thread alone writes: 208 for the last part of a row (see `list.ts`), and behind them `COUNTS`. Each
 * thread has an instance of the module, with a place of its own in the memory that they share.
 */
export let own: usize = memory.data(256, 16)

/** How far behind `own` four numbers stand: how long the lists of the present columns are (see `columns.ts`). */
export const COUNTS: usize = 208

/** From now on this instance writes there. */
export function useOwn(place: usize): void {
  own = place
}
