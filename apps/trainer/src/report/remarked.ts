import type { NamedData } from '@gosa/cli-kit'

/** The name of a set, and behind it what people should know of it: `generated digits (drawn by a program)`. */
export const remarked = ({ name, remark }: Pick<NamedData, 'name' | 'remark'>): string =>
  remark ? `${name} (${remark})` : name
